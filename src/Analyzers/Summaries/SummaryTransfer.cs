using System.Collections.Immutable;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Carries out a call by the summary of its body.</summary>
internal sealed class SummaryTransfer
{
    /// <summary>The blocks of each initializer have numbers of their own.</summary>
    private const int InitializerStride = 1 << 12;
    private readonly Frame _frame;
    private readonly Resources _resources;
    private readonly References _references;
    private readonly Calls _calls;
    private readonly Choices _choices;
    private readonly HandedDelegates _handed;
    private readonly EmptiedArguments _emptied;
    private readonly DisposedObjects _disposed;
    private readonly OtherOutcomes _others;
    private readonly HandedInputs _inputs;
    private readonly Remainders _remainders;
    private readonly NewBlocks _blocks;
    private readonly LeftValues _left;
    private readonly FilledTables _filled;
    private readonly OlderRounds _older;
    private readonly ScalarArguments _scalars;
    private int _firstIndex;

    public SummaryTransfer(Frame frame, Resources resources, References references, Calls calls, HandedDelegates handed, Choices choices)
    {
        _frame = frame;
        _resources = resources;
        _references = references;
        _calls = calls;
        _handed = handed;
        _choices = choices;
        _emptied = new EmptiedArguments(frame, resources, references);
        _disposed = new DisposedObjects(frame, resources);
        _others = new OtherOutcomes(frame, resources, references);
        _inputs = new HandedInputs(frame, resources, references);
        _remainders = new Remainders(frame, resources, references);
        _blocks = new NewBlocks(frame, resources, references);
        _filled = new FilledTables(frame, resources);
        _left = new LeftValues(frame, resources, calls);
        _older = new OlderRounds(frame);
        _scalars = new ScalarArguments(frame);
    }

    public Value Apply(Call call, Summary summary)
    {
        _frame.Givings.Forget(disposed: Families.KnownMembers.IsDisposal(call.Method) ? call.Receiver : null);
        if (summary.IsIterator)
        {
            return HandOverToIterator(call, summary);
        }

        var creates = call.Method.MethodKind == MethodKind.Constructor && IsCreation(call.Operation);
        var made = creates ? Made(call.Operation) : null;
        if (creates)
        {
            call = made is { Kind: PlaceKind.Object } ? call with { Receiver = (Sym)made.Root } : call with { ReceiverPlace = made };
            Initialize(call);
        }

        _calls.Work += summary.Weight;
        _inputs.CheckReleasedArguments(call, summary);
        _inputs.LeaveElements(call, summary);
        foreach (var argument in call.Arguments)
        {
            if (argument.Value is Closure)
            {
                // the body may run it or keep it
                _calls.HandOver(argument.Value, call.Operation);
            }
        }

        if (summary.ThrowsOnMisuse)
        {
            _frame.Log.NoteMisuse(call.Operation);
        }

        _calls.HandOverToReleasers(call);
        var before = _frame.State;
        var atCall = new Translation(_frame, _references, call);
        foreach (var outcome in summary.Throwing)
        {
            if (atCall.Assume(outcome) is { } thrown)
            {
                _frame.State = thrown;
                _remainders.LeaveRestToStruct(call, outcome);
                _scalars.Forget(call);
                if (!outcome.Effects.IsEmpty || !outcome.Writes.IsEmpty)
                {
                    var translation = new Translation(_frame, _references, call);
                    Carry(call, summary, Translated(outcome.Effects, translation), quiet: true);
                    foreach (var write in outcome.Writes)
                    {
                        if (translation.PlaceOf(write.Key) is { } place)
                        {
                            _frame.Forget(place, call.Operation);
                        }
                    }
                }

                _calls.Throws(call.Operation, null);
            }

            _frame.State = before;
        }

        var possible = Possible(atCall, summary.Outcomes);
        if (!summary.Renewals.IsEmpty)
        {
            new Renewals(_frame, atCall, call).Forget(summary, possible);
        }

        _others.ForgetEarlyOutsOfDisposal(call, possible);
        _disposed.Check(call, summary, atCall, returns: possible.Count > 0);
        if (possible.Count == 0 || IsMeantToThrow(call, summary))
        {
            _frame.EndPath();
            return Value.Unknown;
        }

        var chosen = Choose(possible);
        if (possible.Count > 1)
        {
            _others.GiveUpWhatOthersRelease(call, chosen.Outcome, possible, before);
        }

        var certain = possible.Count > 1 ? _others.WithoutDoubtfulReleases(call, chosen.Outcome, possible) : chosen.Outcome;
        var beforeCall = certain.Writes.Any(static write => HandedDelegates.IsNote(write.Key)) ? new Translation(_frame, _references, call) : null;
        _remainders.LeaveRestToStruct(call, certain);
        _emptied.Release(call, summary);
        var result = Finish(call, summary, certain, new Translation(_frame, _references, call) { RunsAgain = _calls.InLoop });
        _remainders.LeaveRestToObject(call);
        _filled.Apply(call, summary);
        if (beforeCall is not null)
        {
            _handed.Carry(call, certain, possible.Select(way => way.Outcome), beforeCall);
        }

        return made is null ? result : made.Kind == PlaceKind.Object ? (Sym)made.Root : _frame.Read(made);
    }

    /// <summary>Whether an object comes into being: by <c>new</c>, or by <c>with</c> for a record that copies itself.</summary>
    public static bool IsCreation(IOperation operation) => operation is IObjectCreationOperation or IInvocationOperation { TargetMethod.Name: "<Clone>$" };

    /// <summary><c>ThrowLastError();</c>: whether it throws depends on nothing that the caller sees, and the caller reckons with it.</summary>
    private static bool IsMeantToThrow(Call call, Summary summary) =>
        call.Method is { ReturnsVoid: true, Name: var name } && name.StartsWith("Throw", StringComparison.Ordinal) && !name.StartsWith("ThrowIf", StringComparison.Ordinal) &&
        !summary.Throwing.IsEmpty && summary.Outcomes.All(static outcome => outcome.Guards.IsEmpty && outcome.Effects.IsEmpty && outcome.Writes.IsEmpty);

    /// <summary>The fields of the new object or struct get what their initializers allocate.</summary>
    public void Initialize(Call call)
    {
        if (call is not ({ Operation: IObjectCreationOperation { Type: INamedTypeSymbol type } } and ({ Receiver: Sym { Kind: SymKind.NewObject } } or { ReceiverPlace.Kind: PlaceKind.Temporary })))
        {
            return;
        }

        foreach (var summary in _calls.InitializersOf(type))
        {
            _firstIndex += InitializerStride;
            if (summary.Outcomes.Length == 1)
            {
                Finish(call, summary, summary.Outcomes[0], new Translation(_frame, _references, call));
            }
        }

        _firstIndex = 0;
    }

    private static (InputEffect Effect, Value Value)[] Translated(ImmutableArray<InputEffect> effects, Translation translation)
    {
        if (effects.IsEmpty)
        {
            return [];
        }

        var translated = new (InputEffect, Value)[effects.Length];
        for (var i = 0; i < translated.Length; i++)
        {
            translated[i] = (effects[i], translation.Of(effects[i].Input));
        }

        return translated;
    }

    /// <summary>The writes in terms of the call; notes of delegates that are no place there are left out.</summary>
    private static List<(Place? Place, Value Value, Place Callee)> Translated(ImmutableArray<KeyValuePair<Place, Value>> writes, Translation translation)
    {
        var translated = new List<(Place? Place, Value Value, Place Callee)>(writes.Length);
        foreach (var write in writes)
        {
            var place = translation.PlaceOf(write.Key);
            if (place is not null || !HandedDelegates.IsNote(write.Key))
            {
                translated.Add((place, translation.Of(write.Value), write.Key));
            }
        }

        return translated;
    }

    private Value Finish(Call call, Summary summary, Outcome outcome, Translation translation)
    {
        var at = call.Operation;
        if (_calls.InLoop && _older.RetireSymbols(call, outcome, translation) is { } renamed)
        {
            call = renamed;
            translation = new Translation(_frame, _references, call) { RunsAgain = true };
        }

        if (!outcome.Blocks.IsEmpty)
        {
            // The call may have given these blocks in the round before: what it was handed is the older one.
            var retired = new List<int>();
            foreach (var pair in outcome.Blocks)
            {
                if ((pair.Value.Ownership is Ownership.Owned or Ownership.Released || NewBlocks.IsOfOwningHandle(outcome, pair.Key) || NewBlocks.IsAddedToCollection(outcome, pair.Key)) && pair.Key.Family is { } family)
                {
                    _resources.Retire(at, _firstIndex + pair.Key.Id, family);
                    retired.Add(_firstIndex + pair.Key.Id);
                }
            }

            call = call with
            {
                Receiver = call.Receiver is null ? null : _resources.AfterRetirement(call.Receiver, at, retired),
                Arguments = OlderRounds.With(call.Arguments, (_resources, at, retired), static (value, after) => after._resources.AfterRetirement(value, after.at, after.retired)),
            };
            translation = new Translation(_frame, _references, call) { RunsAgain = _calls.InLoop };
        }

        foreach (var pair in outcome.Blocks)
        {
            translation.Adopt(pair.Key, _blocks.NewBlock(call, outcome, pair.Key, pair.Value, _firstIndex));
        }

        if (call.Receiver is Sym { Kind: not SymKind.NewObject, Type: not { IsValueType: true } } self && HandsOutReceiver(outcome))
        {
            // who has its methods run is not null: a copy of it may be asked
            _frame.State = Conditions.Assume(Conditions.Make(Operator.Equal, self, Value.Null), false, _frame.State) ?? _frame.State;
        }

        // read everything in terms of the state before the call, then write
        var effects = Translated(outcome.Effects, translation);
        var result = translation.Of(outcome.Result);
        if (!outcome.ResultFact.IsNone && result is Sym or Expression && _frame.State.FactOf(result).IsNone)
        {
            _frame.State = Conditions.Learn(_frame.State, result, outcome.ResultFact);
        }

        var writes = Translated(outcome.Writes, translation);
        _scalars.Forget(call);
        Carry(call, summary, effects, quiet: false);
        if (writes.Count > 0)
        {
            // what is given back is held while the writes overwrite what held it before
            var kept = _frame.Universe.Temporary((at, "result"), null);
            _frame.State = _frame.State.WithValue(kept, result);
            using (_frame.WriteTogether())
            {
                result = _left.Write(call, writes, result);
            }

            _frame.State = _frame.State.With(_frame.State.Values.Remove(kept), _frame.State.Blocks);
        }

        if (result is Pointer { IsView: false } taken && outcome.Result is Sym { Place: { Kind: PlaceKind.Member } from } && outcome.Writes.Any(write => write.Key == from) &&
            _frame.State[taken.Block] is { Ownership: Ownership.Owned } owned)
        {
            taken.Block.DetachedAt = at;
            _frame.State = _frame.State.WithBlock(taken.Block, owned with { IsDetached = true });
        }

        if (summary.IsAsync)
        {
            var handed = StillOwned(call);
            var captured = _calls.CapturedLate(call);
            return new Borrower(result, handed.Union(captured).ToImmutableArray()) { StartedAt = at, OnlyUses = handed.IsEmpty && !captured.IsEmpty };
        }

        return result is UnknownValue ? _calls.FreshResult(at) : result;
    }

    private static bool HandsOutReceiver(Outcome outcome) =>
        outcome.Result is Sym { Place.Kind: PlaceKind.This } || outcome.Writes.Any(write => write.Value is Sym { Place.Kind: PlaceKind.This });

    private ImmutableArray<Block> StillOwned(Call call)
    {
        var used = ImmutableArray.CreateBuilder<Block>();
        foreach (var argument in call.Arguments)
        {
            foreach (var block in _frame.BlocksIn(argument.Value))
            {
                if (_frame.State[block] is { Ownership: Ownership.Owned } && !used.Contains(block))
                {
                    used.Add(block);
                }
            }
        }

        return used.ToImmutable();
    }

    private void Carry(Call call, Summary summary, (InputEffect Effect, Value Value)[] effects, bool quiet)
    {
        var at = call.Operation;
        foreach (var (effect, value) in effects)
        {
            if (effect.Ownership == Ownership.Released)
            {
                if (quiet && (_resources.IsReleased(value) || value is Sym { Kind: SymKind.NewObject, Type: IArrayTypeSymbol }))
                {
                    // an array that the callee may have replaced before it threw is judged by the ways that return
                    continue;
                }

                if (value is Pointer { Block: { Site: not null } outer } && summary.UsedInputs.Contains(effect.Input))
                {
                    // the body looks into the block: what it holds may have been released on the way
                    var mentioned = _frame.Universe.HasContents ? UntouchedMembers.MentionedBy(effect, CancellationToken.None) : null;
                    _frame.Contents.GiveUp(outer, at, place => mentioned is null || UntouchedMembers.NameOf(place) is not { } name || mentioned.Contains(name));
                }

                _resources.Release(value, effect.Family, call.DisplayName, at, NameOf(call, effect), effect.Pool is null ? null : new Translation(_frame, _references, call).Of(effect.Pool), isIdempotent: effect.Family is { ReleasedByDispose: true });
            }
            else
            {
                if (effect.Ownership == Ownership.Transferred)
                {
                    var given = effect.IsGiven ? _frame.Givings.In(value) : null;
                    _resources.Transfer(value, Destination.Call, at);
                    if (given is not null)
                    {
                        _frame.Givings.Note(given, at);
                    }
                }
            }
        }
    }

    private Place? Made(IOperation creation)
    {
        if (creation.Type is { IsValueType: true } type)
        {
            var place = _frame.Universe.Temporary((creation, "made"), type);
            _frame.State = _frame.State.WithValue(place, Value.Null);
            return place;
        }

        return _frame.Universe.Object(_calls.Fresh(creation));
    }

    private Value HandOverToIterator(Call call, Summary summary)
    {
        var used = new List<Block>();
        var translation = new Translation(_frame, _references, call);
        foreach (var argument in call.Arguments)
        {
            if (argument is { Value: Pointer or Sym { Kind: SymKind.NewObject }, Parameter: { } parameter } && IsOnlyUsedBy(summary, parameter, call.Method))
            {
                used.AddRange(argument.Value is Pointer { Block: var block } ? [block] : summary.UsedInputs.Where(input => IsOf(input, parameter)).Select(translation.Of).OfType<Pointer>().Select(static pointer => pointer.Block).Where(static block => block.Site is not null));
                continue;
            }

            _resources.Transfer(argument.Value, Destination.Call, call.Operation);
        }

        var sequence = _calls.FreshResult(call.Operation);
        if (used.Count > 0)
        {
            // it uses the blocks when somebody goes through it
            return new Borrower(sequence, used.Distinct().OrderBy(static block => block.Id).ToImmutableArray()) { OnlyUses = true };
        }

        return summary.Yields.IsEmpty ? sequence : _calls.Sequences.Add(sequence, at => Yield(call with { Operation = at }, summary));
    }

    /// <summary>An iterator of numbers or texts that reads what it is handed, and does nothing else with it.</summary>
    private static bool IsOnlyUsedBy(Summary summary, IParameterSymbol parameter, IMethodSymbol iterator)
    {
        return !summary.IsUnknown && summary.Yields.IsEmpty && !(iterator.OriginalDefinition.ReturnType is INamedTypeSymbol { TypeArguments: { Length: 1 } elements } && (elements[0] is ITypeParameterSymbol || Frame.CanCarry(elements[0]))) &&
        summary.UsedInputs.Any(input => IsOf(input, parameter)) && summary.Outcomes.Concat(summary.Throwing).All(outcome => !outcome.Effects.Any(effect => IsOf(effect.Input, parameter)) && !outcome.Writes.Any(write => write.Value is Sym written && IsOf(written, parameter)));
    }

    /// <summary>What a parameter was, or what a field of the object that it was held.</summary>
    private static bool IsOf(Sym input, IParameterSymbol parameter) =>
        CapturedBlocks.StartOf(input) is { Kind: PlaceKind.Parameter, Root: IParameterSymbol given } && given.Ordinal == parameter.Ordinal;

    /// <summary>The next element of an iterator, as if a call had given it.</summary>
    private Value Yield(Call call, Summary summary)
    {
        var possible = Possible(new Translation(_frame, _references, call), summary.Yields);
        return possible.Count == 0 ? _calls.FreshResult(call.Operation) : Finish(call, summary, Choose(possible).Outcome, new Translation(_frame, _references, call));
    }

    /// <summary>The ways that the body can take, each with what is known when it does.</summary>
    private static List<(Outcome Outcome, FlowState State)> Possible(Translation atCall, ImmutableArray<Outcome> outcomes)
    {
        var possible = new List<(Outcome, FlowState)>(outcomes.Length);
        foreach (var outcome in outcomes)
        {
            if (atCall.Assume(outcome) is { } state)
            {
                possible.Add((outcome, state));
            }
        }

        return possible;
    }

    /// <summary>Goes on with one of the ways; the others have their turn.</summary>
    private (Outcome Outcome, FlowState State) Choose(List<(Outcome Outcome, FlowState State)> possible)
    {
        var chosen = possible[possible.Count == 1 ? 0 : Math.Min(_choices.Choose(possible.Count), possible.Count - 1)];
        _frame.State = chosen.State;
        return chosen;
    }

    private static string NameOf(Call call, InputEffect effect)
    {
        if (effect.Input.Place is { Kind: PlaceKind.Parameter, Root: IParameterSymbol parameter })
        {
            if (BodyUnit.IsReceiver(parameter))
            {
                return Calls.NameOf(call.Instance);
            }

            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter?.Ordinal == parameter.Ordinal)
                {
                    return Calls.NameOf(argument.Operation);
                }
            }
        }

        // what an object holds is called as the object is
        return call.Instance is ILocalReferenceOperation or IParameterReferenceOperation && effect.Input.Place?.Base is { Kind: PlaceKind.This } or { Kind: PlaceKind.Object, Root: Sym { Place.Kind: PlaceKind.This } }
            ? Calls.NameOf(call.Instance)
            : effect.Input.DisplayName;
    }
}
