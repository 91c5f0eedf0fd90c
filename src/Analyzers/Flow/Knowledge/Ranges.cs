using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary>What is known of a number that is the lesser or greater of two: <c>Math.Min(n, 100)</c> is positive when <c>n</c> is.</summary>
internal static class Ranges
{
    /// <summary>What is known of what the function gives.</summary>
    public static Fact Of(Expression call, IMethodSymbol method, FlowState state)
    {
        // the arguments follow each other on the right: ((Math, a), b)
        if (call.Left is not Expression { Operator: Operator.Other, Detail: IMethodSymbol inner } before || !SymbolEqualityComparer.Default.Equals(inner, method))
        {
            return Fact.None;
        }

        var (a, b) = (FactOf(before.Right, state), FactOf(call.Right, state));
        switch (method.Name, method.Parameters.Length)
        {
            case ("Min", 2):
                return Between(Least(a.Low, b.Low), a.High < b.High || b.High is null ? a.High : b.High);
            case ("Max", 2):
                return Between(a.Low > b.Low || b.Low is null ? a.Low : b.Low, Greatest(a.High, b.High));
            case ("Clamp", 3):
                return Between(a.Low, b.High);
            default:
                return Fact.None;
        }
    }

    private static Fact FactOf(Value value, FlowState state) => value is Const constant ? Fact.Is(constant.Value) : state.FactOf(value);

    private static long? Least(long? one, long? other) => one is { } a && other is { } b ? Math.Min(a, b) : null;

    private static long? Greatest(long? one, long? other) => one is { } a && other is { } b ? Math.Max(a, b) : null;

    private static Fact Between(long? low, long? high) => low is null && high is null ? Fact.None : new Fact { Minimum = low, Maximum = high };
}
