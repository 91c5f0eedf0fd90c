using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary>How a comparison of two values turns out, by what they are and by what is known of them.</summary>
internal static class Comparisons
{
    public static bool? Equal(Value left, Value right, FlowState state)
    {
        left = Conditions.Resolve(left, state);
        right = Conditions.Resolve(right, state);
        if (left.Equals(right) && left is not (UnknownValue or Expression { Operator: Operator.Other }))
        {
            return true;
        }

        if (left is Const && right is not Const)
        {
            (left, right) = (right, left);
        }

        switch (left, right)
        {
            case (Const a, Const b):
                return a.IsNullOrZero && b.IsNullOrZero ? true : a.Value is null || b.Value is null ? false : Equals(a.Value, b.Value);
            case (Pointer pointer, Const { IsNullOrZero: true }):
                return state[pointer.Block]?.MayBeNull == true ? null : false;
            case (Pointer one, Pointer other):
                return one.IsView || other.IsView ? null
                    : one.Block != other.Block ? false
                    : one.Distance is { } d && other.Distance is { } e ? d == e
                    : SideOf(one) is { } here && SideOf(other) is { } beyond && here != beyond ? false
                    : null;
            case (Pointer { IsView: false, Block.Site: not null, Offset: Offset.Start }, Const { Value: long }):
                // -1 and the like stand for no block
                return false;
            case (Address or NotHeap or Closure or Aggregate or Sym { Kind: SymKind.NewObject }, Const { IsNullOrZero: true }):
                return false;
            case (Pointer own, Sym { Kind: SymKind.Input } there):
                return IsNewBeside(own, there, state) ? false : null;
            case (Sym { Kind: SymKind.Input } there, Pointer own):
                return IsNewBeside(own, there, state) ? false : null;
            case (Sym { Kind: SymKind.NewObject }, Sym { Kind: SymKind.NewObject }):
            case (Pointer { IsView: false, Block.Site: not null }, NotHeap or Address):
            case (NotHeap or Address, Pointer { IsView: false, Block.Site: not null }):
                return false;
            case (Expression bits, Const { Value: long number }) when Bits.Split(bits, number, state) is { } parts:
                return parts.Other.IsEmpty ? true : parts.Equal.IsEmpty ? false : state.FactOf(left).IsEqual(number);
            case (Sym or Expression, Const constant):
                return state.FactOf(left).IsEqual(constant.Value);
            case (Sym or Expression, Sym or Expression):
                return IsKnown(Operator.Less, left, right, state) == true || IsKnown(Operator.Less, right, left, state) == true || AreApart(left, right, state) ? false : null;
            default:
                return null;
        }
    }

    /// <summary>A block that the body has taken is none that lay somewhere before, unless that one has been given back meanwhile.</summary>
    private static bool IsNewBeside(Pointer own, Sym there, FlowState state) =>
        own is { IsView: false, Block.Site: not null, Offset: Offset.Start } && !state.Blocks.Any(pair => pair.Key.External == there);

    /// <summary>On which side of the start of its block a pointer points: behind it (1), in front of it (-1), or to it; null when that is not known.</summary>
    private static int? SideOf(Pointer pointer) => pointer.Offset switch
    {
        Offset.Start => 0,
        Offset.Inside => pointer.Distance is < 0 ? -1 : 1,
        _ => null,
    };

    private static bool? IsKnown(Operator op, Value left, Value right, FlowState state) =>
        Conditions.Make(op, left, right) is Expression relation && state.Facts.TryGetValue(relation, out var fact) ? fact.Only as bool? : null;

    /// <summary>Whether the one is greater than the other can be.</summary>
    private static bool AreApart(Value left, Value right, FlowState state) => IsBelow(left, right, state) || IsBelow(right, left, state);

    private static bool IsBelow(Value left, Value right, FlowState state) => state.FactOf(left).High < state.FactOf(right).Low;

    public static bool? Less(Value left, Value right, FlowState state)
    {
        left = Conditions.Resolve(left, state);
        right = Conditions.Resolve(right, state);
        if (left is Const { Value: long a } && right is Const { Value: long b })
        {
            return a < b;
        }

        if (left.Equals(right) && left is Sym or Expression)
        {
            return false;
        }

        if (left is Pointer { IsView: false } one && right is Pointer { IsView: false } other && one.Block == other.Block)
        {
            // the start of a block lies in front of all that is behind it
            return one.Distance is { } near && other.Distance is { } far ? near < far
                : SideOf(one) is { } here && SideOf(other) is { } beyond && here != beyond ? here < beyond
                : null;
        }

        if (right is Const { Value: long bound })
        {
            return state.FactOf(left).IsLess(bound);
        }

        // b < x is not (x < b + 1)
        if (left is Const { Value: long low })
        {
            return low != long.MaxValue ? !state.FactOf(right).IsLess(low + 1) : null;
        }

        if (left is not (Sym or Expression) || right is not (Sym or Expression))
        {
            return null;
        }

        // what is known of x < y and of y < x says what there is to say
        var (x, c) = Sums.Split(left);
        var (y, d) = Sums.Split(right);
        return x.Equals(y) ? c < d
            : IsBelow(left, right, state) ? true
            : state.FactOf(right).High <= state.FactOf(left).Low || IsKnown(Operator.Equal, left, right, state) == true ? false
            : IsKnown(Operator.LessOrEqual, left, right, state) == true && IsKnown(Operator.Equal, left, right, state) == false ? true
            : IsKnown(Operator.Less, left, right, state) ?? (IsKnown(Operator.Less, right, left, state) == true || IsKnown(Operator.LessOrEqual, right, left, state) == true ? false : IsKnown(Operator.LessOrEqual, right, left, state) == false ? true : null);
    }

    public static Value? Fold(Operator op, Const left, Const right, object? detail)
    {
        switch (op)
        {
            case Operator.Equal:
                return Value.Of((left.IsNullOrZero && right.IsNullOrZero) || Equals(left.Value, right.Value));
            case Operator.And when left.Value is bool a && right.Value is bool b:
                return Value.Of(a && b);
            case Operator.Or when left.Value is bool a && right.Value is bool b:
                return Value.Of(a || b);
        }

        if (left.Value is not long x || right.Value is not long y)
        {
            return null;
        }

        return op switch
        {
            Operator.Less => Value.Of(x < y),
            Operator.LessOrEqual => Value.Of(x <= y),
            Operator.Add => new Const(unchecked(x + y)),
            Operator.Subtract => new Const(unchecked(x - y)),
            Operator.Multiply => new Const(unchecked(x * y)),
            Operator.Other => detail switch
            {
                BinaryOperatorKind.And => new Const(x & y),
                BinaryOperatorKind.Or => new Const(x | y),
                BinaryOperatorKind.ExclusiveOr => new Const(x ^ y),
                _ => null,
            },
            _ => null,
        };
    }
}
