using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Contracts;

/// <summary>What one way out of a body does with a parameter or gives to the caller, as contracts put it.</summary>
internal static class Promises
{
    /// <summary>The parameters that a contract can speak of: those that are handed in.</summary>
    public static bool IsHandedIn(IParameterSymbol parameter) => parameter.RefKind is RefKind.None or RefKind.In && !parameter.IsParams;

    /// <summary>What the way out does to what <paramref name="parameter"/> designates; null when nothing.</summary>
    public static InputEffect? EffectOn(Outcome outcome, IParameterSymbol parameter)
    {
        InputEffect? found = null;
        foreach (var effect in outcome.Effects)
        {
            if (IsOf(effect.Input, parameter) && found?.Ownership != Ownership.Released)
            {
                found = effect;
            }
        }

        return found;
    }

    /// <summary>The place that outlives the call and holds what <paramref name="parameter"/> designates; null when there is none.</summary>
    public static Place? KeptIn(Outcome outcome, IParameterSymbol parameter)
    {
        foreach (var write in outcome.Writes)
        {
            if (Mentions(write.Value, parameter) && !IsWithin(write.Key, parameter))
            {
                return write.Key;
            }
        }

        return null;
    }

    /// <summary>Whether the way out gives <paramref name="parameter"/> back as the result.</summary>
    public static bool GivesBack(Outcome outcome, IParameterSymbol parameter) => Mentions(outcome.Result, parameter);

    /// <summary>Whether the way is only taken when there is nothing to release.</summary>
    public static bool IsOfNothing(Outcome outcome, IParameterSymbol parameter) =>
        outcome.Guards.Any(guard => guard.Key is Sym symbol && IsOf(symbol, parameter) && guard.Value.IsEqual(null) == true);

    /// <summary>The parameter's value that leads to this way out, as a message says it; empty when it does not hang on one.</summary>
    public static string When(Outcome outcome, IMethodSymbol method)
    {
        foreach (var guard in outcome.Guards)
        {
            if (guard.Key is Sym { Place: { Kind: PlaceKind.Parameter, Root: IParameterSymbol parameter } } && method.Parameters.Any(own => own.Name == parameter.Name) && guard.Value.Only is { } value)
            {
                return $" when '{parameter.Name}' is {(value is bool truth ? truth ? "true" : "false" : value)}";
            }
        }

        return "";
    }

    /// <summary>The value that the caller gets: the result, or what is left in an <c>out</c> parameter.</summary>
    public static Value Given(Outcome outcome, IParameterSymbol? into)
    {
        if (into is null)
        {
            return outcome.Result;
        }

        foreach (var write in outcome.Writes)
        {
            if (write.Key is { Kind: PlaceKind.Parameter, Root: IParameterSymbol parameter } && parameter.Ordinal == into.Ordinal)
            {
                return write.Value;
            }
        }

        return Value.Unknown;
    }

    /// <summary>The block that <paramref name="value"/> is, when the body made it and nobody but the caller gets it.</summary>
    public static Block? OwnedBlock(Outcome outcome, Value value, IParameterSymbol? into) =>
        value is Pointer { IsView: false, Offset: Offset.Start, Block: { External: null } block } &&
        outcome.Blocks.Any(pair => pair.Key == block && pair.Value.Ownership == Ownership.Owned) &&
        !outcome.Writes.Any(write => FlowState.Designates(write.Value, block) && !IsWithin(write.Key, into))
            ? block
            : null;

    /// <summary>Whether the value lies in, or is reached through, the parameter.</summary>
    public static bool IsOf(Sym symbol, IParameterSymbol parameter) =>
        symbol.IsInput && symbol.Place is { } place && IsWithin(place, parameter);

    private static bool Mentions(Value value, IParameterSymbol parameter) => value switch
    {
        Sym symbol => IsOf(symbol, parameter),
        Pointer { Block.External: { } external } => IsOf(external, parameter),
        Aggregate aggregate => aggregate.Members.Values.Any(member => Mentions(member, parameter)),
        Borrower borrower => Mentions(borrower.Result, parameter),
        _ => false,
    };

    private static bool IsWithin(Place place, IParameterSymbol? parameter)
    {
        for (var start = place.Base; parameter is not null;)
        {
            if (start is { Kind: PlaceKind.Parameter, Root: IParameterSymbol found })
            {
                return found.Ordinal == parameter.Ordinal && found.Name == parameter.Name;
            }

            if (start is not { Kind: PlaceKind.Object, Root: Sym { Place: { } outer } })
            {
                return false;
            }

            start = outer.Base;
        }

        return false;
    }
}
