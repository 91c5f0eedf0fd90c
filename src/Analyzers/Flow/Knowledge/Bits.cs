using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary>Flags: operators on bits, with constants on both sides, and tests of single bits.</summary>
internal static class Bits
{
    /// <summary>The result of the operator; null when it is another operator.</summary>
    public static Value? Fold(BinaryOperatorKind kind, long left, long right, ITypeSymbol? type) => kind switch
    {
        BinaryOperatorKind.And => new Const(left & right),
        BinaryOperatorKind.Or => new Const(left | right),
        BinaryOperatorKind.ExclusiveOr => new Const(left ^ right),
        BinaryOperatorKind.LeftShift when type?.SpecialType == SpecialType.System_Int32 => new Const((long)((int)left << (int)right)),
        BinaryOperatorKind.RightShift when type?.SpecialType == SpecialType.System_Int32 => new Const((long)((int)left >> (int)right)),
        BinaryOperatorKind.Divide when right > 0 => new Const(left / right),
        BinaryOperatorKind.Remainder when right > 0 => new Const(left % right),
        _ => null,
    };

    /// <summary>Which of the constants that an unknown can be give <paramref name="expression"/> the value <paramref name="result"/>; null when it hangs on more than one unknown, or the constants are not known.</summary>
    public static (Sym Of, ImmutableArray<object> Equal, ImmutableArray<object> Other)? Split(Expression expression, long result, FlowState state)
    {
        if (expression is not { Operator: Operator.Other, Detail: BinaryOperatorKind } || UnknownIn(expression) is not { } unknown || state.FactOf(unknown).OneOf is not { } some)
        {
            return null;
        }

        var equal = ImmutableArray.CreateBuilder<object>();
        var other = ImmutableArray.CreateBuilder<object>();
        foreach (var constant in some)
        {
            if (constant is not long number || ValueOf(expression, number) is not { } value)
            {
                return null;
            }

            (value == result ? equal : other).Add(constant);
        }

        return (unknown, equal.ToImmutable(), other.ToImmutable());
    }

    private static Sym? UnknownIn(Value value) => value switch
    {
        Sym symbol => symbol,
        Expression { Right: Const } expression => UnknownIn(expression.Left),
        _ => null,
    };

    /// <summary>The value of the expression when its only unknown is <paramref name="number"/>.</summary>
    private static long? ValueOf(Value value, long number) => value switch
    {
        Sym => number,
        Expression { Operator: Operator.Other, Detail: BinaryOperatorKind kind, Right: Const { Value: long right } } expression =>
            ValueOf(expression.Left, number) is { } left && Fold(kind, left, right, null) is Const { Value: long folded } ? folded : null,
        _ => null,
    };

    /// <summary>Whether a single bit of flags is compared with itself.</summary>
    public static bool IsTestOfOne(Value flags, Value bit) =>
        bit is Const { Value: long mask and > 0 } && (mask & (mask - 1)) == 0 && flags is Expression { Operator: Operator.Other, Detail: BinaryOperatorKind.And } masked && (masked.Right.Equals(bit) || masked.Left.Equals(bit));

    /// <summary>Whether all bits of <paramref name="flag"/> are set in <paramref name="flags"/>; for one bit the same as <c>(flags &amp; flag) != 0</c>.</summary>
    public static Value Has(Value flags, Value flag)
    {
        if (flag is not Const { Value: long bits } || bits == 0)
        {
            return Value.Unknown;
        }

        var set = flags is Const { Value: long known } ? new Const(known & bits) : Conditions.Make(Operator.Other, flags, flag, BinaryOperatorKind.And);
        return (bits & (bits - 1)) == 0 ? Conditions.Not(Conditions.Make(Operator.Equal, set, new Const(0L))) : Conditions.Make(Operator.Equal, set, flag);
    }
}
