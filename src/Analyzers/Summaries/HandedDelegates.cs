using System.Collections.Immutable;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// A delegate that a body is handed and calls: the body notes that it has, and with which of its own inputs; at a call that
/// hands it a lambda or method that is known, this is then carried out.
/// </summary>
internal sealed class HandedDelegates
{
    private const string Called = "called";
    private readonly Frame _frame;
    private readonly Resources _resources;
    private readonly Calls _calls;

    public HandedDelegates(Frame frame, Resources resources, Calls calls)
    {
        _frame = frame;
        _resources = resources;
        _calls = calls;
    }

    /// <summary>Whether a place is no variable but such a note.</summary>
    public static bool IsNote(Place place) => place.Root is string root && root.StartsWith(Called, StringComparison.Ordinal);

    /// <summary>A delegate has been called that nothing is known of.</summary>
    public void Note(Call call)
    {
        if (call.Receiver is not Sym { Kind: SymKind.Input, Place.Kind: PlaceKind.Parameter } handed || _calls.InLoop)
        {
            return;
        }

        Set(handed, Called, handed.Type, Value.True);
        foreach (var argument in call.Arguments)
        {
            if (argument is { Parameter: { RefKind: RefKind.None } parameter, Value: Sym { IsInput: true } or Pointer { IsView: false, Block.External.IsInput: true } } && Frame.CanCarry(parameter.Type))
            {
                Set(handed, KeyOf(parameter), parameter.Type, argument.Value);
            }
        }
    }

    /// <summary>Calls the lambdas and methods among the arguments that the body certainly calls, whichever way it takes.</summary>
    /// <param name="call">The call of the body.</param>
    /// <param name="chosen">The way in which it ends on the path at hand.</param>
    /// <param name="possible">All ways in which it can.</param>
    /// <param name="translation">From the body's terms into those of the call, as they were before it.</param>
    public void Carry(Call call, Outcome chosen, IEnumerable<Outcome> possible, Translation translation)
    {
        foreach (var write in chosen.Writes)
        {
            if (write.Key.Root is Called && write.Value.Equals(Value.True) && HandedAs(write.Key) is { } parameter && translation.Of(parameter) is Closure closure && possible.All(way => CallsWithoutReleasing(way, write.Key)))
            {
                var arguments = closure.Target.Parameters.Select(one => new Argument(one, call.Operation, GivenFor(one, write.Key, chosen) is { } given ? translation.Of(given) : Value.Unknown, null)).ToImmutableArray();

                // what it gives, the body has got
                _resources.Transfer(_calls.Call(closure, new Call(call.Operation, closure.Target, null, closure.Receiver, null, arguments)), Destination.Call, call.Operation);
            }
        }
    }

    /// <summary>What the body releases itself it may have released before or after: the order is not noted.</summary>
    private static bool CallsWithoutReleasing(Outcome way, Place note) =>
        way.Writes.Any(write => write.Key == note && write.Value.Equals(Value.True)) && !way.Effects.Any(effect => effect.Ownership == Ownership.Released);

    private static Value? GivenFor(IParameterSymbol parameter, Place note, Outcome outcome)
    {
        foreach (var write in outcome.Writes)
        {
            if (write.Key.Parent == note.Parent && write.Key.Root is string root && root == KeyOf(parameter))
            {
                return write.Value;
            }
        }

        return null;
    }

    private static Sym? HandedAs(Place note) => note.Parent is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.Input, Place.Kind: PlaceKind.Parameter } handed } ? handed : null;

    private void Set(Sym handed, string note, ITypeSymbol? type, Value value)
    {
        if (_frame.Universe.Member(_frame.Universe.Object(handed), note, type) is { } place)
        {
            _frame.State = _frame.State.WithValue(place, value);
        }
    }

    private static string KeyOf(IParameterSymbol parameter) => Called + " " + parameter.Ordinal;
}
