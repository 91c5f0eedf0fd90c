using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>What operators make of two values: numbers, conditions, and pointers that are moved.</summary>
internal sealed class Operators(Frame frame, Calls calls)
{
    /// <summary>Bytes: every allocator's addresses are multiples of it.</summary>
    private const int LeastAlignment = 16;

    /// <summary>The names that the member compares with zero, once somebody has asked.</summary>
    private HashSet<string>? _comparedWithZero;

    public Value Arithmetic(BinaryOperatorKind kind, Value left, Value right, IOperation at)
    {
        left = Conditions.Resolve(left, frame.State);
        right = Conditions.Resolve(right, frame.State);
        switch (kind)
        {
            case BinaryOperatorKind.Equals:
                return Same(left, right, at);
            case BinaryOperatorKind.NotEquals:
                return Conditions.Not(Same(left, right, at));
            case BinaryOperatorKind.LessThan:
                return Nullables.Compare(Operator.Less, left, right, IsCounted(at), at, frame.State);
            case BinaryOperatorKind.GreaterThan:
                return Nullables.Compare(Operator.Less, right, left, IsCounted(at), at, frame.State);
            case BinaryOperatorKind.LessThanOrEqual:
                return Nullables.Compare(Operator.LessOrEqual, left, right, IsCounted(at), at, frame.State);
            case BinaryOperatorKind.GreaterThanOrEqual:
                return Nullables.Compare(Operator.LessOrEqual, right, left, IsCounted(at), at, frame.State);
            case BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd when at.Type?.SpecialType == SpecialType.System_Boolean:
                return Conditions.Make(Operator.And, left, right);
            case BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr when at.Type?.SpecialType == SpecialType.System_Boolean:
                return Conditions.Make(Operator.Or, left, right);
            case BinaryOperatorKind.Add:
                return PointerArithmetic(left, right, 1, at) ?? PointerArithmetic(right, left, 1, at) ?? Sum(left, right, at);
            case BinaryOperatorKind.Subtract:
                return PointerArithmetic(left, right, -1, at) ??
                    (right is Const { Value: long and > long.MinValue and var less } && left is Sym or Expression && (IsSigned(at.Type) || frame.State.FactOf(left).IsLess(less) == false)
                        ? Conditions.Make(Operator.Add, left, new Const(-less))
                        : Conditions.Make(Operator.Subtract, left, right));
            case BinaryOperatorKind.Multiply:
                return Conditions.Make(Operator.Multiply, left, right);
            default:
                // tagged and aligned pointers: (p + 15) & ~15 is somewhere in the block
                return left is Const { Value: long a } && right is Const { Value: long b } && Bits.Fold(kind, a, b, at.Type) is { } folded ? folded
                    : left is Pointer && right is Const && (kind == BinaryOperatorKind.RightShift || IsPartOfAddress(kind, right)) ? Conditions.Make(Operator.Other, left, right, kind)
                    : left is Pointer tagged ? Aligned(tagged, kind, right)
                    : left is Const or Sym or Expression && right is Const or Sym or Expression ? Conditions.Make(Operator.Other, left, right, kind) : frame.Universe.Result(at);
        }
    }

    private static Value Same(Value left, Value right, IOperation at) =>
        at is IBinaryOperation { IsLifted: true } comparison ? left is Const { Value: null } ? Nullables.IsNull(right, comparison.RightOperand.Type)
            : right is Const { Value: null } ? Nullables.IsNull(left, comparison.LeftOperand.Type) : Conditions.Make(Operator.Equal, left, right)
        : Conditions.Make(Operator.Equal, left, right);

    /// <summary>A text that is put together is one, whatever it is put together of.</summary>
    private Value Sum(Value left, Value right, IOperation at) =>
        Conditions.Make(Operator.Add, left, right) is var sum && sum is UnknownValue && at.Type?.SpecialType == SpecialType.System_String ? calls.FreshResult(at) : sum;

    /// <summary>Whether to take one from the least that a number of the type can be is nothing that a program does.</summary>
    private static bool IsSigned(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 or SpecialType.System_SByte;

    /// <summary><c>(nint)p &amp; 15</c>, <c>(nint)p % 64</c>: a number that leads nowhere.</summary>
    private static bool IsPartOfAddress(BinaryOperatorKind kind, Value by) =>
        kind == BinaryOperatorKind.Remainder || (kind == BinaryOperatorKind.And && by is Const { Value: long mask } && SmallNumbers.IsMask(mask));

    private static bool IsCounted(IOperation at) => at is IBinaryOperation comparison && Conditions.IsUnsigned(comparison.LeftOperand.Type);

    public Value? PointerArithmetic(Value pointer, Value distance, int sign, IOperation at)
    {
        if (pointer is NotHeap memory)
        {
            if (memory.Table is null || distance.Equals(new Const(0L)))
            {
                return memory;
            }

            // what becomes of the elements behind another pointer is not followed
            frame.Tables.Forget(memory.Table, at);
            frame.Publish(memory.Table, at);
            return memory with { Table = null };
        }

        if (pointer is Sym { Type: IPointerTypeSymbol } or Sym { IsInput: true, Type.SpecialType: SpecialType.System_IntPtr })
        {
            pointer = new Pointer(frame.Universe.External((Sym)pointer));
        }

        if (pointer is not Pointer to)
        {
            return null;
        }

        if (distance is Pointer or Sym { Type: IPointerTypeSymbol })
        {
            // how far one is from the other is a number
            return Value.Unknown;
        }

        if (distance is Const { Value: long steps })
        {
            if (to.Distance is { } from)
            {
                var target = from + (sign * steps);
                return to with { Offset = target == 0 ? Offset.Start : target > 0 || IsOwnMemory(to.Block) ? Offset.Inside : Offset.Somewhere, Distance = target };
            }

            return to with { Offset = to.Offset is Offset.Inside or Offset.Ahead && sign * steps >= 0 ? to.Offset : Offset.Somewhere };
        }

        var isPositive = frame.State.FactOf(distance).IsLess(1) == false;
        return to with
        {
            Offset = sign < 0 || to.Offset == Offset.Somewhere ? Offset.Somewhere : isPositive ? Offset.Inside : to.Offset != Offset.Ahead && !to.IsView && to.Distance is not < 0 && IsOwnMemory(to.Block) && !MayBeNothing(distance, at) ? Offset.Ahead : Offset.Somewhere,
            Distance = null,
        };
    }

    /// <summary>The code asks whether the distance is zero, or gives it one of several values.</summary>
    private bool MayBeNothing(Value distance, IOperation at)
    {
        if (distance is Sym { Kind: SymKind.Join })
        {
            return true;
        }

        _comparedWithZero ??= NamesComparedWithZero(at.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>());
        return _comparedWithZero.Count > 0 && at.Syntax.DescendantNodes().Any(node => node is IdentifierNameSyntax name && _comparedWithZero.Contains(name.Identifier.ValueText));
    }

    private static HashSet<string> NamesComparedWithZero(SyntaxNode? member)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var comparison in member?.DescendantNodes().OfType<BinaryExpressionSyntax>() ?? [])
        {
            var (one, other) = (comparison.Left, comparison.Right);
            if ((IsZero(one) ? other : IsZero(other) ? one : null) is IdentifierNameSyntax name)
            {
                names.Add(name.Identifier.ValueText);
            }
        }

        return names;

        static bool IsZero(ExpressionSyntax value) => value is LiteralExpressionSyntax { Token.ValueText: "0" };
    }

    /// <summary>The start of the block is known: what lies in front of it is not the block's.</summary>
    private static bool IsOwnMemory(Block block) => block is { Site: not null, Family.IsInferred: false };

    /// <summary><c>(p + 64) &amp; ~63</c>: the next address of an alignment, which is not the start.</summary>
    private static Pointer Aligned(Pointer moved, BinaryOperatorKind kind, Value by)
    {
        var isNext = kind == BinaryOperatorKind.And && by is Const { Value: long and < 0 and var mask } && moved is { Offset: Offset.Inside, Distance: { } distance } && IsOwnMemory(moved.Block) &&
            (distance == -mask || (distance == -mask - 1 && -mask > LeastAlignment && moved.Block.Family?.Name.IndexOf("Aligned", StringComparison.OrdinalIgnoreCase) < 0));
        return moved with { Offset = isNext ? Offset.Inside : Offset.Somewhere, Distance = null };
    }
}
