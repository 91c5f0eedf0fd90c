using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;

namespace LifetimeAnalyzers.Summaries;

/// <summary>A call in a loop gives what has the names of what it gave in the round before: what is left of that gets other names.</summary>
internal sealed class OlderRounds(Frame frame)
{
    /// <summary>The unknowns that the call gives have the names of those of the round before: what is left of these gets other names.</summary>
    public Call? RetireSymbols(Call call, Outcome outcome, Translation translation)
    {
        var made = new List<Sym>();
        Translation.CollectMade(outcome.Result, call.Operation, frame.Universe, made);
        foreach (var write in outcome.Writes)
        {
            Translation.CollectMade(write.Value, call.Operation, frame.Universe, made);
        }

        if (outcome.Writes.Any(static write => write.Key.Kind != PlaceKind.Parameter))
        {
            // what is read where the call itself has moved on is another thing in each round: '_slots[--_count]'
            CollectRead(outcome.Result, translation, made);
            foreach (var write in outcome.Writes)
            {
                if (write.Key.Kind == PlaceKind.Parameter)
                {
                    CollectRead(write.Value, translation, made);
                }
            }
        }

        if (made.Count == 0)
        {
            return null;
        }

        foreach (var symbol in made)
        {
            var older = symbol.Kind == SymKind.NewObject ? frame.Universe.NewObject(call.Operation, ("older", symbol), symbol.Type) : frame.Universe.Result(call.Operation, ("older", symbol), symbol.Type);
            if (symbol.Kind == SymKind.NewObject && frame.Rounds.IsReferred(older))
            {
                if (!frame.Rounds.IsReferred(symbol))
                {
                    // an object of a round before is still there, the one of the last round is not
                    frame.Rounds.Refresh(symbol);
                    continue;
                }

                // three rounds alive at once: too many to tell apart
                frame.Escape(older, call.Operation);
            }

            frame.Rounds.Rename(symbol, older);
            call = call with
            {
                Receiver = call.Receiver is null ? null : frame.Rounds.Renamed(call.Receiver, symbol, older),
                Arguments = With(call.Arguments, (frame, symbol, older), static (value, names) => names.frame.Rounds.Renamed(value, names.symbol, names.older)),
            };
        }

        return call;
    }

    private static void CollectRead(Value value, Translation translation, List<Sym> made)
    {
        if ((value as Sym ?? (value as Pointer)?.Block.External) is { Kind: SymKind.Read } read && translation.Of(read) is Sym { Kind: SymKind.Read } symbol && !made.Contains(symbol))
        {
            made.Add(symbol);
        }
    }

    /// <summary>The arguments with other values; the same when none is another one.</summary>
    public static ImmutableArray<Argument> With<T>(ImmutableArray<Argument> arguments, T argument, Func<Value, T, Value> change)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = change(arguments[i].Value, argument);
            if (!ReferenceEquals(value, arguments[i].Value))
            {
                arguments = arguments.SetItem(i, arguments[i] with { Value = value });
            }
        }

        return arguments;
    }
}
