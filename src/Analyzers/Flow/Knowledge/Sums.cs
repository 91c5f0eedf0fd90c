using LifetimeAnalyzers.Flow.State;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary>
/// Numbers that are another one and a constant have one form, <c>x + c</c>, and so have the comparisons of them:
/// <c>depth - 1 == 0</c> asks what <c>depth == 1</c> does, and <c>i + 1 &lt;= n</c> what <c>i &lt; n</c> does.
/// </summary>
internal static class Sums
{
    /// <summary>The value of <c>left op right</c> in that form; null when it is in it, or is none of these.</summary>
    public static Value? Simplify(Operator op, Value left, Value right, object? detail)
    {
        switch (op)
        {
            case Operator.Add when left is Const { Value: long } && right is Sym or Expression && !InherentFacts.IsText(right):
                return Conditions.Make(op, right, left, detail);
            case Operator.Add when left is Expression { Operator: Operator.Add, Left: var of, Right: Const { Value: long first } } && right is Const { Value: long second }:
                return Plus(of, unchecked(first + second));
            case Operator.Add when right is Const { Value: 0L } && left is Sym or Expression && !InherentFacts.IsText(left):
                return left;
            case Operator.Equal or Operator.Less or Operator.LessOrEqual:
                break;
            default:
                return null;
        }

        var (a, c) = Split(left);
        var (b, d) = Split(right);
        if (c == 0 && d == 0)
        {
            return null;
        }

        if (left is Const || right is Const)
        {
            return left is Const { Value: long low } ? Conditions.Make(op, new Const(unchecked(low - d)), b) : right is Const { Value: long high } ? Conditions.Make(op, a, new Const(unchecked(high - c))) : null;
        }

        // x + 1 <= y is x < y, and x < y + 1 is x <= y
        var distance = unchecked(c - d);
        return (op, distance) switch
        {
            (Operator.LessOrEqual, 1) => Conditions.Make(Operator.Less, a, b),
            (Operator.Less, -1) => Conditions.Make(Operator.LessOrEqual, a, b),
            (_, < 0) when op == Operator.Equal && c == 0 => Conditions.Make(op, right, left),
            _ when c != 0 && d != 0 || (distance > 0 ? d : c) != 0 => distance > 0 ? Conditions.Make(op, Plus(a, distance), b) : Conditions.Make(op, a, Plus(b, -distance)),
            _ => null,
        };
    }

    /// <summary>The sum of a value and a constant.</summary>
    public static Value Plus(Value value, long distance) => distance == 0 ? value : Conditions.Make(Operator.Add, value, new Const(distance));

    /// <summary>The value without the constant that is added to it, and that constant.</summary>
    public static (Value Of, long Distance) Split(Value value) =>
        value is Expression { Operator: Operator.Add, Left: var of, Right: Const { Value: long distance } } && !InherentFacts.IsText(of) ? (of, distance) : (value, 0);
}
