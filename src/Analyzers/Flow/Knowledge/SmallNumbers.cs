using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary>
/// Tests whether a pointer is a small number, as the identifiers of Windows resources are, that travel where an address
/// could: <c>(ulong)p >> 16 == 0</c>, <c>(long)p &lt; 0x10000</c>. No allocator gives such an address: of what can be released
/// they say the same as a test for null.
/// </summary>
internal static class SmallNumbers
{
    private const long EndOfIdentifiers = 0x10000;
    private const long BitsOfIdentifiers = 16;

    /// <summary>The pointer that a comparison tests so, and whether the comparison holds when it is no such number; null when it is another comparison.</summary>
    public static (Value Address, bool IsNegated)? AsNullTest(Operator op, Value left, Value right) => (op, left, right) switch
    {
        (Operator.Equal, Expression { Operator: Operator.Other, Left: var shifted, Right: Const { Value: BitsOfIdentifiers }, Detail: BinaryOperatorKind.RightShift }, Const { Value: 0L }) when IsAddress(shifted) => (shifted, false),
        (Operator.Less, _, Const { Value: EndOfIdentifiers }) when IsAddress(left) => (left, false),
        (Operator.LessOrEqual, _, Const { Value: EndOfIdentifiers - 1 }) when IsAddress(left) => (left, false),
        (Operator.LessOrEqual, Const { Value: EndOfIdentifiers }, _) when IsAddress(right) => (right, true),
        (Operator.Less, Const { Value: EndOfIdentifiers - 1 }, _) when IsAddress(right) => (right, true),
        (Operator.Less or Operator.LessOrEqual, _, Const { Value: long bound }) when IsBlock(left) && IsOutside(op == Operator.Less ? bound : bound + 1) => (left, false),
        (Operator.Less or Operator.LessOrEqual, Const { Value: long bound }, _) when IsBlock(right) && IsOutside(op == Operator.Less ? bound + 1 : bound) => (right, true),
        _ => null,
    };

    /// <summary><c>handle.ToInt64() &lt;= 0</c>: no block lies below the limit, be it zero for null or for the codes of errors.</summary>
    private static bool IsOutside(long limit) => limit is >= 0 and <= EndOfIdentifiers;

    /// <summary>A number of the same type can be anything; a block is an address.</summary>
    private static bool IsBlock(Value value) => value is Pointer { IsView: false, Offset: Offset.Start };

    /// <summary>Whether what is left of an address under the mask is such a number.</summary>
    public static bool IsMask(long mask) => mask is >= 0 and < EndOfIdentifiers;

    private static bool IsAddress(Value value) =>
        value is Pointer { IsView: false, Offset: Offset.Start } or Sym { Type: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } };
}
