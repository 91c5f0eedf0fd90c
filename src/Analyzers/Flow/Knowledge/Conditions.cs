using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary>Makes, evaluates and assumes conditions over values.</summary>
internal static class Conditions
{
    private const int MaxDepth = 4;

    /// <summary>The value of <c>left op right</c>; folds constants and keeps a canonical form.</summary>
    public static Value Make(Operator op, Value left, Value right, object? detail = null)
    {
        if (left is UnknownValue || right is UnknownValue)
        {
            return Value.Unknown;
        }

        if (left is Const a && right is Const b && Comparisons.Fold(op, a, b, detail) is { } folded)
        {
            return folded;
        }

        if (op == Operator.Multiply && (left is Const { Value: 0L } || right is Const { Value: 0L }))
        {
            return new Const(0L);
        }

        if (op == Operator.Equal && !left.Equals(right) && (IsMadeApart(left, right) || IsMadeApart(right, left)))
        {
            return Value.False;
        }

        if (Sums.Simplify(op, left, right, detail) is { } simple)
        {
            return simple;
        }

        if (op == Operator.Equal && (Bits.IsTestOfOne(left, right) ? left : Bits.IsTestOfOne(right, left) ? right : null) is { } tested)
        {
            // (flags & flag) == flag asks what (flags & flag) != 0 does
            return Not(Make(Operator.Equal, tested, new Const(0L)));
        }

        if (SmallNumbers.AsNullTest(op, left, right) is var (address, isNegated))
        {
            var isNull = Make(Operator.Equal, address, Value.Null);
            return isNegated ? Not(isNull) : isNull;
        }

        if (op == Operator.Equal && (left is Const || (right is not Const && left is Sym x && right is Sym y && x.Id > y.Id)))
        {
            (left, right) = (right, left);
        }

        var made = new Expression(op, left, right, detail);
        return made.Depth > MaxDepth ? Value.Unknown : made;
    }

    /// <summary>An object that the body makes is no other one, and nothing that was there before.</summary>
    private static bool IsMadeApart(Value made, Value other) =>
        made is Sym { Kind: SymKind.NewObject } && other is Sym { Kind: SymKind.NewObject } or Sym { Kind: SymKind.Input, IsInput: true };

    /// <summary>
    /// The value of <c>left op right</c> for <see cref="Operator.Less"/> and <see cref="Operator.LessOrEqual"/>. Numbers
    /// without a sign that do not fit are kept as negative ones, and are greater than all others: error codes that are
    /// made of <c>-1</c>.
    /// </summary>
    public static Value Compare(Operator op, Value left, Value right, bool isUnsigned, FlowState state)
    {
        if (!isUnsigned || !(MayBeHuge(left, state) || MayBeHuge(right, state)))
        {
            return Make(op, left, right);
        }

        var zero = new Const(0L);
        return (left, right) switch
        {
            (Const { Value: long a }, Const { Value: long b }) => Value.Of(op == Operator.Less ? (ulong)a < (ulong)b : (ulong)a <= (ulong)b),
            (_, Const { Value: long bound }) => Make(bound < 0 ? Operator.Or : Operator.And, Make(Operator.LessOrEqual, zero, left), Make(op, left, right)),
            (Const { Value: long low }, _) => Make(low < 0 ? Operator.And : Operator.Or, Make(op, left, right), Make(Operator.Less, right, zero)),
            _ => Value.Unknown,
        };
    }

    /// <summary>Whether values of the type are numbers without a sign, of which the upper half do not fit into a constant.</summary>
    public static bool IsUnsigned(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_UInt64 or SpecialType.System_UIntPtr;

    private static bool MayBeHuge(Value value, FlowState state) => value switch
    {
        Const { Value: long number } => number < 0,
        Sym or Expression => state.FactOf(value) is { } fact && (fact.Maximum < 0 || (fact.OneOf is { } some && some.Any(static one => one is < 0L))),
        _ => false,
    };

    /// <summary>The negation of <paramref name="condition"/>.</summary>
    public static Value Not(Value condition) => condition switch
    {
        Const { Value: bool truth } => Value.Of(!truth),
        Expression { Operator: Operator.Not, Left: var inner } => inner,
        UnknownValue => condition,
        _ => new Expression(Operator.Not, condition, Value.Null),
    };

    /// <summary>The constant that <paramref name="value"/> has to be on this path, or the value itself.</summary>
    public static Value Resolve(Value value, FlowState state)
    {
        if (value is Sym or Expression)
        {
            if (state.FactOf(value).Only is { } only)
            {
                return only is 0L ? (value is Sym { Type.IsReferenceType: true } ? Value.Null : new Const(0L)) : new Const(only);
            }

            if (value is Expression { Operator: Operator.Equal or Operator.Less or Operator.LessOrEqual or Operator.Not or Operator.And or Operator.Or } &&
                Truth(value, state) is { } truth)
            {
                return Value.Of(truth);
            }

            if (value is Expression { Operator: Operator.Add or Operator.Subtract or Operator.Multiply or Operator.Other } arithmetic)
            {
                var left = Resolve(arithmetic.Left, state);
                var right = Resolve(arithmetic.Right, state);
                if (left is Const a && right is Const b && Comparisons.Fold(arithmetic.Operator, a, b, arithmetic.Detail) is { } folded)
                {
                    return folded;
                }
            }
        }

        return value;
    }

    /// <summary>Whether <paramref name="condition"/> holds on this path; null when both is possible.</summary>
    public static bool? Truth(Value condition, FlowState state)
    {
        switch (condition)
        {
            case Const { Value: bool truth }:
                return truth;
            case Sym:
                return state.FactOf(condition).IsEqual(true);
            case Expression expression:
                if (state.Facts.TryGetValue(expression, out var fact) && fact.Only is bool known)
                {
                    return known;
                }

                return expression.Operator switch
                {
                    Operator.Not => !Truth(expression.Left, state),
                    Operator.And => And(Truth(expression.Left, state), Truth(expression.Right, state)),
                    Operator.Or => !And(!Truth(expression.Left, state), !Truth(expression.Right, state)),
                    Operator.Equal => Comparisons.Equal(expression.Left, expression.Right, state),
                    Operator.Less => Comparisons.Less(expression.Left, expression.Right, state),
                    Operator.LessOrEqual => !Comparisons.Less(expression.Right, expression.Left, state),
                    Operator.IsType => Comparisons.Equal(expression.Left, Value.Null, state) switch
                    {
                        true => false,
                        false when expression.Detail is ITypeSymbol sought && state.Facts.ContainsKey(TypeTests.Tried(expression.Left, sought)) => true,
                        _ => TypeTests.Of(Resolve(expression.Left, state), expression.Detail as ITypeSymbol),
                    },
                    _ => null,
                };
            default:
                return null;
        }
    }

    /// <summary>The state in which <paramref name="condition"/> is <paramref name="truth"/>; null when that cannot be.</summary>
    public static FlowState? Assume(Value condition, bool truth, FlowState state) =>
        AssumeOne(condition, truth, state) is { } next ? ReferenceEquals(next.Facts, state.Facts) ? next : Settle(next) : null;

    /// <summary>What is known of one side of alternatives settles the other: <c>kind is A or B</c>, and no <c>A</c>.</summary>
    private static FlowState? Settle(FlowState state)
    {
        foreach (var pair in state.Facts)
        {
            if (pair.Key is Expression { Operator: Operator.And or Operator.Or } either && pair.Value.Only is bool truth && (either.Operator == Operator.Or) == truth)
            {
                var left = Truth(either.Left, state);
                var right = Truth(either.Right, state);
                if (left == !truth && right == !truth)
                {
                    return null;
                }

                if ((left == !truth && right is null) || (right == !truth && left is null))
                {
                    return Assume(left is null ? either.Left : either.Right, truth, state);
                }
            }
        }

        return state;
    }

    private static FlowState? AssumeOne(Value condition, bool truth, FlowState state)
    {
        if (Truth(condition, state) is { } known)
        {
            return known == truth ? state : null;
        }

        switch (condition)
        {
            case Sym:
                return WithFact(state, condition, state.FactOf(condition).WithEqual(truth, equal: true));

            case Expression { Operator: Operator.Not } not:
                return Assume(not.Left, !truth, state);

            case Expression { Operator: Operator.And or Operator.Or } both:
                return AssumeBoth(both, truth, state);

            case Expression { Operator: Operator.Equal } equal:
                return AssumeEqual(equal, truth, state);

            case Expression { Operator: Operator.Less or Operator.LessOrEqual } less:
                return AssumeLess(less, truth, state);

            case Expression { Operator: Operator.IsType } isType:
                var next = state.WithFact(isType, Fact.Is(truth));
                return truth ? Assume(Make(Operator.Equal, isType.Left, Value.Null), false, next) : next;

            case Expression:
                return state.WithFact(condition, Fact.Is(truth));

            default:
                return state;
        }
    }

    private static FlowState? AssumeBoth(Expression both, bool truth, FlowState state)
    {
        // a && b true, or a || b false: both are known. Otherwise one side settles the other.
        if ((both.Operator == Operator.And) == truth)
        {
            return Assume(both.Left, truth, state) is { } left ? Assume(both.Right, truth, left) : null;
        }

        if (Truth(both.Left, state) is not null)
        {
            return Assume(both.Right, truth, state);
        }

        return Truth(both.Right, state) is not null ? Assume(both.Left, truth, state) : state.WithFact(both, Fact.Is(truth));
    }

    private static FlowState? AssumeEqual(Expression equal, bool truth, FlowState state)
    {
        var (left, right) = (equal.Left, Resolve(equal.Right, state));
        if (right is not Const && Resolve(left, state) is Const constantLeft)
        {
            (left, right) = (right, constantLeft);
        }

        if (right is Const constant)
        {
            if (left is Pointer pointer && constant.IsNullOrZero)
            {
                return AssumeNull(pointer.Block, truth, state);
            }

            if (left is Sym or Expression)
            {
                var fact = state.FactOf(left).WithEqual(constant.Value, truth);
                if (fact is null)
                {
                    return null;
                }

                if (left is Expression bits && constant.Value is long number && Bits.Split(bits, number, state) is { } parts)
                {
                    state = state.WithFact(parts.Of, state.FactOf(parts.Of) with { OneOf = truth ? parts.Equal : parts.Other });
                }

                state = Learn(state, left, fact);

                // a block from outside that is null is no block
                if (truth && constant.IsNullOrZero && left is Sym symbol)
                {
                    state = state.With(state.Values, WithoutExternal(state.Blocks, symbol));
                }

                return state;
            }

            return state;
        }

        if (truth && (IsOwnStart(left) && IsConstant(right) ? left : IsOwnStart(right) && IsConstant(left) ? right : null) is Pointer { Block: var none } && state[none] is { MayBeNull: true })
        {
            // InvalidHandle, whatever it is: the allocator's word for none
            return AssumeNull(none, isNull: true, state);
        }

        if (truth && (left, right) is (Pointer { IsView: false, Block.Site: not null }, Sym { Kind: SymKind.Input }) or (Sym { Kind: SymKind.Input }, Pointer { IsView: false, Block.Site: not null }))
        {
            // grown where it lay: it is what the caller has, and has not been released
            var (own, there) = left is Pointer grown ? (grown, (Sym)right) : ((Pointer)right, (Sym)left);
            state = state.With(state.Values, WithoutExternal(state.Blocks, there));
            state = state[own.Block] is { Ownership: Ownership.Owned } known ? state.WithBlock(own.Block, known with { Ownership = Ownership.Transferred }) : state;
        }

        return state.WithFact(equal, Fact.Is(truth));
    }

    private static Table<Block, BlockState> WithoutExternal(Table<Block, BlockState> blocks, Sym symbol)
    {
        foreach (var pair in blocks)
        {
            if (pair.Key.External == symbol)
            {
                return blocks.Remove(pair.Key);
            }
        }

        return blocks;
    }

    private static bool IsOwnStart(Value value) => value is Pointer { IsView: false, Block.Site: not null, Offset: Offset.Start };

    private static bool IsConstant(Value value) => value is Sym { Kind: SymKind.Input, Place: { Kind: PlaceKind.Static, Root: IFieldSymbol { IsReadOnly: true } } };

    private static FlowState? AssumeNull(Block block, bool isNull, FlowState state)
    {
        if (state[block] is not { MayBeNull: true } known)
        {
            return isNull ? null : state;
        }

        if (!isNull)
        {
            return state.WithBlock(block, known with { MayBeNull = false });
        }

        var values = state.Values;
        foreach (var pair in values)
        {
            if (pair.Value is Pointer pointer && pointer.Block == block)
            {
                values = values.SetItem(pair.Key, Value.Null);
            }
        }

        var blocks = state.Blocks.Remove(block);
        if (block.Family is { FailsByThrowing: true })
        {
            foreach (var pair in blocks)
            {
                if (pair.Value is { Ownership: Ownership.Owned, IsAfterFailure: false })
                {
                    blocks = blocks.SetItem(pair.Key, pair.Value with { IsAfterFailure = true });
                }
            }
        }

        return state.With(values, blocks);
    }

    private static FlowState? AssumeLess(Expression less, bool truth, FlowState state)
    {
        var strict = less.Operator == Operator.Less;
        var left = Resolve(less.Left, state);
        var right = Resolve(less.Right, state);
        if (right is Const { Value: long bound } && left is Sym or Expression)
        {
            // x <= b is x < b + 1
            if (!strict && bound == long.MaxValue)
            {
                return truth ? state : null;
            }

            return WithFact(state, left, state.FactOf(left).WithLess(strict ? bound : bound + 1, truth));
        }

        if (left is Const { Value: long low } && right is Sym or Expression)
        {
            // b < x is not x < b + 1; b <= x is not x < b
            if (strict && low == long.MaxValue)
            {
                return truth ? null : state;
            }

            return WithFact(state, right, state.FactOf(right).WithLess(strict ? low + 1 : low, !truth));
        }

        // the ends of what the one can be are known of the other: x < y is x + 1 <= y, and not x < y is y <= x
        if (Bounded(state, truth ? left : right, truth ? right : left, truth == strict ? 1 : 0) is not { } bounded)
        {
            return null;
        }

        state = bounded;

        state = state.WithFact(less, Fact.Is(truth));

        // x < y settles y <= x
        return state.WithFact(new Expression(strict ? Operator.LessOrEqual : Operator.Less, less.Right, less.Left), Fact.Is(!truth));
    }

    private static FlowState? WithFact(FlowState state, Value about, Fact? fact) => fact is null ? null : Learn(state, about, fact);

    /// <summary>What is learnt of a sum is known of the value that the constant is added to.</summary>
    public static FlowState Learn(FlowState state, Value about, Fact fact) =>
        Sums.Split(about) is (var of, not 0 and var distance) ? state.WithFact(of, fact.Moved(-distance)) : state.WithFact(about, fact);

    /// <summary>The state in which <paramref name="least"/> is less than <paramref name="greatest"/> by <paramref name="distance"/>, or more; null when that cannot be.</summary>
    private static FlowState? Bounded(FlowState state, Value least, Value greatest, long distance)
    {
        var next = state;
        if (greatest is Sym or Expression && state.FactOf(least).Low is { } low && low <= long.MaxValue - distance)
        {
            next = WithFact(next, greatest, next.FactOf(greatest).WithLess(low + distance, less: false));
        }

        if (next is not null && least is Sym or Expression && state.FactOf(greatest).High is { } high && high >= long.MinValue + distance && high < long.MaxValue)
        {
            next = WithFact(next, least, next.FactOf(least).WithLess(high - distance + 1, less: true));
        }

        return next;
    }

    private static bool? And(bool? left, bool? right) =>
        left == false || right == false ? false : left == true && right == true ? true : null;
}
