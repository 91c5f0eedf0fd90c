using System.Collections.Immutable;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Elements;
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
    private readonly Frame _frame;
    private readonly Resources _resources;
    private readonly References _references;
    private readonly Calls _calls;
    /// <summary>The blocks of each initializer have numbers of their own.</summary>
    private const int InitializerStride = 1 << 12;

    /// <summary>So many lambdas that call each other are looked into.</summary>
    private const int MaxClosures = 4;
    private readonly Choices _choices;
    private readonly HandedDelegates _handed;
    private readonly EmptiedArguments _emptied;
    private readonly DisposedObjects _disposed;
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
    }

    public Value Apply(Call call, Summary summary)
    {
        _frame.Givings.Forget(disposed: Families.KnownMembers.IsDisposal(call.Method) ? call.Receiver : null);
        if (summary.IsIterator)
        {
            return HandOverToIterator(call, summary);
        }

        var creates = call.Operation is IObjectCreationOperation && call.Method.MethodKind == MethodKind.Constructor;
        var made = creates ? Made((IObjectCreationOperation)call.Operation) : null;
        if (creates)
        {
            call = made is { Kind: PlaceKind.Object } ? call with { Receiver = (Sym)made.Root } : call with { ReceiverPlace = made };
            Initialize(call);
        }

        _calls.Work += summary.Weight;
        CheckReleasedArguments(call, summary);
        LeaveElements(call, summary);
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
                LeaveRestToStruct(call, outcome);
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

        ForgetEarlyOutsOfDisposal(call, possible);
        _disposed.Check(call, summary, atCall, returns: possible.Count > 0);
        if (possible.Count == 0 || IsMeantToThrow(call, summary))
        {
            _frame.EndPath();
            return Value.Unknown;
        }

        var chosen = Choose(possible);
        if (possible.Count > 1)
        {
            GiveUpWhatOthersRelease(call, chosen.Outcome, possible, before);
        }

        var certain = possible.Count > 1 ? WithoutDoubtfulReleases(call, chosen.Outcome, possible) : chosen.Outcome;
        var beforeCall = certain.Writes.Any(static write => HandedDelegates.IsNote(write.Key)) ? new Translation(_frame, _references, call) : null;
        LeaveRestToStruct(call, certain);
        _emptied.Release(call, summary);
        var result = Finish(call, summary, certain, new Translation(_frame, _references, call));
        LeaveRestToObject(call);
        if (beforeCall is not null)
        {
            _handed.Carry(call, certain, possible.Select(way => way.Outcome), beforeCall);
        }

        return made is null ? result : made.Kind == PlaceKind.Object ? (Sym)made.Root : _frame.Read(made);
    }

    /// <summary><c>ThrowLastError();</c>: whether it throws depends on nothing that the caller sees, and the caller reckons with it.</summary>
    private static bool IsMeantToThrow(Call call, Summary summary) =>
        call.Method is { ReturnsVoid: true, Name: var name } && name.StartsWith("Throw", StringComparison.Ordinal) && !name.StartsWith("ThrowIf", StringComparison.Ordinal) &&
        !summary.Throwing.IsEmpty && summary.Outcomes.All(static outcome => outcome.Guards.IsEmpty && outcome.Effects.IsEmpty && outcome.Writes.IsEmpty);

    /// <summary>
    /// An object that has been given back or disposed of keeps what its own release left of what it came with: that is a matter of its
    /// type, which whoever uses the object rightly cannot mend.
    /// </summary>
    private void LeaveRestToObject(Call call)
    {
        if (call is not { Receiver: Sym receiver, Method: { IsStatic: false, Parameters.Length: 0 } } || !(Families.MemberNames.Ends.Contains(call.Method.Name) || call.Method.Name is "Return" or "Release"))
        {
            return;
        }

        foreach (var block in _frame.BlocksIn(receiver))
        {
            if (CameWithObject(block) && _frame.State[block] is { Ownership: Ownership.Owned })
            {
                _resources.Transfer(new Pointer(block), Destination.Call, call.Operation);
            }
        }
    }

    /// <summary>The same of a struct, whose <c>Dispose</c> may clear it at its end: <c>this = default</c>.</summary>
    private void LeaveRestToStruct(Call call, Outcome outcome)
    {
        if (call is not { ReceiverPlace: { } place, Receiver: not Sym, Method: { IsStatic: false, ContainingType.IsValueType: true } } || !Families.KnownMembers.IsDisposal(call.Method))
        {
            return;
        }

        Translation? translation = null;
        foreach (var block in _frame.BlocksIn(_frame.Read(place)))
        {
            if (_frame.State[block] is { Ownership: Ownership.Owned } &&
                !outcome.Effects.Any(effect => (translation ??= new Translation(_frame, _references, call)).Of(effect.Input) is Pointer pointer && pointer.Block == block))
            {
                _resources.Transfer(new Pointer(block), Destination.Call, call.Operation);
            }
        }
    }

    private static bool CameWithObject(Block block) =>
        block.Site is IInvocationOperation { TargetMethod.DeclaringSyntaxReferences.IsEmpty: false } or IObjectCreationOperation { Constructor.ContainingType.DeclaringSyntaxReferences.IsEmpty: false };

    /// <summary>The new object's fields get what their initializers allocate.</summary>
    public void Initialize(Call call)
    {
        if (call is not { Operation: IObjectCreationOperation { Type: INamedTypeSymbol type }, Receiver: Sym { Kind: SymKind.NewObject } })
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

    /// <summary>
    /// The body releases a block on another of its paths, or hands it on, and nothing that the caller can see tells which path it takes (a count of
    /// references, a flag of its own): then it is the body's affair from here on.
    /// </summary>
    private void GiveUpWhatOthersRelease(Call call, Outcome chosen, List<(Outcome Outcome, FlowState State)> possible, FlowState before)
    {
        Translation? translation = null;
        bool? isDefensive = null;
        foreach (var (other, _) in possible)
        {
            if (ReferenceEquals(other, chosen) || (chosen.Result is Const mine && other.Result is Const theirs && !mine.Equals(theirs) && !IsGivenBackUnasked(call)) ||
                !GivesUpMore(other, chosen))
            {
                continue;
            }

            translation ??= new Translation(_frame, _references, call);
            if (!IsGivenBackUnasked(call) && translation.Assume(other) is null && !(isDefensive ??= IsDefensive(chosen, translation, before)))
            {
                continue;
            }

            foreach (var effect in other.Effects)
            {
                if (IsGivenUpOnlyBy(effect, chosen))
                {
                    _resources.Transfer(translation.Of(effect.Input), Destination.Call, call.Operation);
                }
            }
        }
    }

    /// <summary>
    /// The callee looks whether it was handed null, and hands on nothing then; the caller has no reason to think that it hands null:
    /// what it hands is its own input, declared as never null, and it has not looked itself.
    /// </summary>
    private static bool IsDefensive(Outcome outcome, Translation translation, FlowState before)
    {
        foreach (var guard in outcome.Guards)
        {
            if (guard.Value.Only is 0L && guard.Key is Sym { Kind: SymKind.Input, Place.Kind: PlaceKind.Parameter, Type: { IsReferenceType: true } or { TypeKind: TypeKind.TypeParameter } } &&
                translation.Of(guard.Key) is Sym { IsInput: true, Place: { Kind: PlaceKind.Parameter, Root: IParameterSymbol { NullableAnnotation: not NullableAnnotation.Annotated } } } handed && before.FactOf(handed).IsNone)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An object that still owns a block has not been disposed of: where its Dispose may find that it has, by a flag of its own, that is another time.</summary>
    private void ForgetEarlyOutsOfDisposal(Call call, List<(Outcome Outcome, FlowState State)> possible)
    {
        if (possible.Count > 1 && Families.KnownMembers.IsDisposal(call.Method))
        {
            KeepReleasing(call, possible);
        }
    }

    private void KeepReleasing(Call call, List<(Outcome Outcome, FlowState State)> possible)
    {
        var translation = new Translation(_frame, _references, call);
        var releasing = possible.FindAll(way => way.Outcome.Effects.Any(effect => translation.Of(effect.Input) is Pointer { IsView: false } pointer && _frame.State[pointer.Block] is { Ownership: Ownership.Owned }));
        if (releasing.Count > 0)
        {
            possible.RemoveAll(way => !releasing.Contains(way));
        }
    }

    /// <summary>
    /// The outcome, with what it releases only handed on where another one that leaves it alone is just as possible: nothing that can
    /// be seen from here tells the two apart, so that nobody knows whether it has been released.
    /// </summary>
    private Outcome WithoutDoubtfulReleases(Call call, Outcome chosen, List<(Outcome Outcome, FlowState State)> possible)
    {
        Translation? translation = null;
        var effects = chosen.Effects;
        for (var i = 0; i < effects.Length; i++)
        {
            var effect = effects[i];
            foreach (var (other, _) in possible)
            {
                if (IsReleasedOnlyBy(effect, other) && !ReferenceEquals(other, chosen) && !(chosen.Result is Const mine && other.Result is Const theirs && !mine.Equals(theirs)) &&
                    (translation ??= new Translation(_frame, _references, call)).Assume(other) is not null)
                {
                    effects = effects.SetItem(i, effect with { Ownership = Ownership.Transferred, Family = null });
                    break;
                }
            }
        }

        return effects == chosen.Effects ? chosen : chosen with { Effects = effects };
    }

    /// <summary><c>pool.Return(page);</c>: who gives something back and does not ask what became of it has done his part.</summary>
    private static bool IsGivenBackUnasked(Call call) =>
        call.Method is { MethodKind: not MethodKind.LocalFunction, Name: "Return" or "Release" or "Free" or "Recycle" or "GiveBack" } && call.Operation.Syntax.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.ExpressionStatementSyntax;

    /// <summary>Released or handed on: <c>pool?.Return(this)</c>.</summary>
    private static bool IsGivenUpOnlyBy(InputEffect effect, Outcome other) =>
        effect.Ownership is Ownership.Released or Ownership.Transferred && !HasEffectOn(effect.Input, other);

    private static bool IsReleasedOnlyBy(InputEffect effect, Outcome other) =>
        effect.Ownership == Ownership.Released && !HasEffectOn(effect.Input, other);

    private static bool GivesUpMore(Outcome outcome, Outcome than)
    {
        foreach (var effect in outcome.Effects)
        {
            if (IsGivenUpOnlyBy(effect, than))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasEffectOn(Sym input, Outcome outcome)
    {
        foreach (var effect in outcome.Effects)
        {
            if (effect.Input == input)
            {
                return true;
            }
        }

        return false;
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

    /// <summary>A lambda or method group may be called at any time from here on: what it releases or keeps is no longer the body's to release.</summary>
    public void HandOverClosure(Closure closure, IOperation at) => HandOverClosure(closure, at, 0);

    private void HandOverClosure(Closure closure, IOperation at, int depth)
    {
        var summary = _calls.SummaryOf(closure);
        if (closure.Receiver is { } receiver)
        {
            _resources.Transfer(receiver, Destination.Elsewhere, at);
        }

        if (summary is null)
        {
            return;
        }

        var call = new Call(at, closure.Target, null, closure.Receiver, null, ImmutableArray<Argument>.Empty);
        var translation = new Translation(_frame, _references, call);
        if (depth < MaxClosures)
        {
            foreach (var input in summary.UsedInputs)
            {
                if (input.Place is { Kind: PlaceKind.Captured } && translation.Of(input) is Closure inner)
                {
                    // it calls another one
                    HandOverClosure(inner, at, depth + 1);
                }
            }
        }

        foreach (var outcome in summary.Outcomes.Concat(summary.Throwing))
        {
            foreach (var effect in outcome.Effects)
            {
                _resources.Transfer(translation.Of(effect.Input), Destination.Call, at);
            }

            foreach (var write in outcome.Writes)
            {
                if (write.Key.Base.Kind == PlaceKind.Captured && translation.PlaceOf(write.Key) is { } place)
                {
                    _frame.Forget(place, at);
                }

                _resources.Transfer(translation.Of(write.Value), Destination.Call, at);
            }

            _resources.Transfer(translation.Of(outcome.Result), Destination.Call, at);
        }
    }

    /// <summary>A lambda goes where it will be called: what it uses of what it captured must not have been released.</summary>
    public void CheckCaptured(Closure closure, IOperation at, string how)
    {
        foreach (var pointer in Captured(closure, at))
        {
            if (_resources.IsReleased(pointer))
            {
                _resources.Use(pointer, at, how);
            }
        }
    }

    /// <summary>The blocks of the body that a lambda captures and uses.</summary>
    public ImmutableArray<Block> UsedBy(Closure closure, IOperation at) =>
        Captured(closure, at).Select(static pointer => pointer.Block).Where(block => _frame.State[block] is { Ownership: Ownership.Owned }).Distinct().ToImmutableArray();

    private IEnumerable<Pointer> Captured(Closure closure, IOperation at)
    {
        if (_frame.State.Blocks.IsEmpty || _calls.SummaryOf(closure) is not { UsedInputs.IsEmpty: false } summary)
        {
            yield break;
        }

        var translation = new Translation(_frame, _references, new Call(at, closure.Target, null, closure.Receiver, null, ImmutableArray<Argument>.Empty));
        foreach (var input in summary.UsedInputs)
        {
            // of what an object holds that it captured, only what it uses in any case
            if (input.Place is { Kind: PlaceKind.Captured } || (IsInCaptured(input) && summary.SurelyUsed.Any(use => use.Input == input)))
            {
                if (translation.Of(input) is Pointer { Block.Site: not null } pointer)
                {
                    yield return pointer;
                }
            }
        }
    }

    /// <summary>A field of an object, or of a part of one, that a lambda captures.</summary>
    private static bool IsInCaptured(Sym input) => StartOf(input) is { Kind: PlaceKind.Captured };

    /// <summary>The variable behind which an input lies, through how many objects ever.</summary>
    private static Place? StartOf(Sym input)
    {
        var place = input.Place?.Base;
        while (place is { Kind: PlaceKind.Object, Root: Sym { Place: { } outer } })
        {
            place = outer.Base;
        }

        return place;
    }

    private Value Finish(Call call, Summary summary, Outcome outcome, Translation translation)
    {
        var at = call.Operation;
        if (_calls.InLoop && RetireSymbols(call, outcome) is { } renamed)
        {
            call = renamed;
            translation = new Translation(_frame, _references, call);
        }

        if (!outcome.Blocks.IsEmpty)
        {
            // The call may have given these blocks in the round before: what it was handed is the older one.
            var retired = new List<int>();
            foreach (var pair in outcome.Blocks)
            {
                if ((pair.Value.Ownership is Ownership.Owned or Ownership.Released || IsOfOwningHandle(outcome, pair.Key) || IsAddedToCollection(outcome, pair.Key)) && pair.Key.Family is { } family)
                {
                    _resources.Retire(at, _firstIndex + pair.Key.Id, family);
                    retired.Add(_firstIndex + pair.Key.Id);
                }
            }

            call = call with
            {
                Receiver = call.Receiver is null ? null : _resources.AfterRetirement(call.Receiver, at, retired),
                Arguments = With(call.Arguments, (_resources, at, retired), static (value, after) => after._resources.AfterRetirement(value, after.at, after.retired)),
            };
            translation = new Translation(_frame, _references, call);
        }

        foreach (var pair in outcome.Blocks)
        {
            translation.Adopt(pair.Key, NewBlock(call, outcome, pair.Key, pair.Value));
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
        Carry(call, summary, effects, quiet: false);
        if (writes.Count > 0)
        {
            // what is given back is held while the writes overwrite what held it before
            var kept = _frame.Universe.Temporary((at, "result"), null);
            _frame.State = _frame.State.WithValue(kept, result);
            using (_frame.WriteTogether())
            {
                result = Write(call, writes, result);
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

    /// <summary>Leaves in places what the body leaves there; gives the result with its members.</summary>
    private Value Write(Call call, List<(Place? Place, Value Value, Place Callee)> writes, Value result)
    {
        var at = call.Operation;

        // what is handed on whole goes last, with what the other writes put into it
        foreach (var (place, value, callee) in writes.OrderBy(static write => write.Place is null))
        {
            if (place is not null && (value is UnknownValue || (value is Sym { Kind: SymKind.Result } && Frame.CanHaveMembers(place))) && place.Type?.MetadataName is not ("Span`1" or "ReadOnlySpan`1"))
            {
                // the body lost track of it: what is there may be what was there before, and what a struct's members held may have gone anywhere
                _frame.Forget(place, at);
            }
            else if (place is { Root: Collections.AddedItem, Parent: { Kind: PlaceKind.Object, Root: Sym collection } })
            {
                _calls.Collections.PutByCall(collection, value, at);
            }
            else if (place is not null)
            {
                if (place.Base.Kind == PlaceKind.Static && value is not Const)
                {
                    LeaveToStatics(place, at);
                }

                if (!_frame.Contents.Keeps(place, value))
                {
                    _resources.Transfer(value, Destination.OtherObject, at);
                }

                if (place is { Kind: PlaceKind.Member, Field: null, Parent: { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } table } } && value is Pointer { IsView: false, Block: { Site: not null } element })
                {
                    _frame.Tables.NoteGiven(table, element);
                }

                _frame.Write(place, value, at);
                if (OwningHandles.IsHandle(place))
                {
                    _calls.CheckKeeper(place, value, at);
                }
            }
            else if (IsDiscarded(call, callee))
            {
                _resources.Discard(value, at);
            }
            else if (callee.Base.Kind == PlaceKind.Result)
            {
                result = WithMember(result, callee, value);
            }
            else
            {
                _resources.Transfer(value, Destination.OtherObject, at);
            }
        }

        return result;
    }

    /// <summary>A call replaces in a static field what another call has put there: a table that is made on demand, perhaps. Whether one is lost is a matter of the members that fill the field, and not of who calls them.</summary>
    private void LeaveToStatics(Place place, IOperation at)
    {
        foreach (var block in _frame.BlocksIn(_frame.Read(place)))
        {
            if (block.Site is IInvocationOperation { TargetMethod: { IsExtern: false, DeclaringSyntaxReferences.IsEmpty: false } } or IPropertyReferenceOperation && _frame.State[block] is { Ownership: Ownership.Owned })
            {
                _resources.Transfer(new Pointer(block), Destination.StaticField, at);
            }
        }
    }

    /// <summary><c>out _</c>.</summary>
    private static bool IsDiscarded(Call call, Place place) =>
        place is { Kind: PlaceKind.Parameter, Root: IParameterSymbol parameter } &&
        call.Arguments.Any(argument => argument.Parameter?.Ordinal == parameter.Ordinal && argument.Operation is IDiscardOperation);

    /// <summary>The unknowns that the call gives have the names of those of the round before: what is left of these gets other names.</summary>
    private Call? RetireSymbols(Call call, Outcome outcome)
    {
        var made = new List<Sym>();
        Translation.CollectMade(outcome.Result, call.Operation, _frame.Universe, made);
        foreach (var write in outcome.Writes)
        {
            Translation.CollectMade(write.Value, call.Operation, _frame.Universe, made);
        }

        if (made.Count == 0)
        {
            return null;
        }

        foreach (var symbol in made)
        {
            var older = symbol.Kind == SymKind.NewObject ? _frame.Universe.NewObject(call.Operation, ("older", symbol), symbol.Type) : _frame.Universe.Result(call.Operation, ("older", symbol), symbol.Type);
            if (symbol.Kind == SymKind.NewObject && _frame.IsReferred(older))
            {
                if (!_frame.IsReferred(symbol))
                {
                    // an object of a round before is still there, the one of the last round is not
                    _frame.Refresh(symbol);
                    continue;
                }

                // three rounds alive at once: too many to tell apart
                _frame.Escape(older, call.Operation);
            }

            _frame.Rename(symbol, older);
            call = call with
            {
                Receiver = call.Receiver is null ? null : _frame.Renamed(call.Receiver, symbol, older),
                Arguments = With(call.Arguments, (_frame, symbol, older), static (value, names) => names._frame.Renamed(value, names.symbol, names.older)),
            };
        }

        return call;
    }

    /// <summary>The arguments with other values; the same when none is another one.</summary>
    private static ImmutableArray<Argument> With<T>(ImmutableArray<Argument> arguments, T argument, Func<Value, T, Value> change)
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

    /// <summary>The result with one member, however deep it lies: <c>Item1.Pointer</c>.</summary>
    private static Value WithMember(Value result, Place member, Value value)
    {
        var path = new Stack<(object Root, Value Outer)>();
        var roots = new Stack<object>();
        for (var at = member; at is { Kind: PlaceKind.Member, Parent: { } parent }; at = parent)
        {
            roots.Push(at.Root);
        }

        var inner = result;
        while (roots.Count > 0)
        {
            var root = roots.Pop();
            path.Push((root, inner));
            inner = inner is Aggregate outer && outer.Members.TryGetValue(root, out var known) ? known : Value.Unknown;
        }

        foreach (var (root, outer) in path)
        {
            var members = outer is Aggregate aggregate ? aggregate.Members : ImmutableDictionary.Create<object, Value>(MemberComparer.Instance);
            if (outer is Const { IsNullOrZero: true })
            {
                // 'new Result { Value = value }': all else is nothing
                members = members.SetItem(Aggregate.Rest, outer);
            }

            value = new Aggregate(members.SetItem(root, value));
        }

        return value;
    }

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

    /// <summary>A block that has been released must not be handed to a body that goes on to use it.</summary>
    private void CheckReleasedArguments(Call call, Summary summary)
    {
        foreach (var argument in call.Arguments)
        {
            if (!_resources.IsReleased(argument.Value))
            {
                _resources.Touch(argument.Value, call.Operation);
            }

            if (argument.Value is NotHeap { Table: { } table })
            {
                _frame.Tables.Forget(table, call.Operation);
            }

            if (argument is { Value: Sym { Kind: SymKind.NewObject, Type: IArrayTypeSymbol } elements, Parameter.Type: { } seenAs } && Calls.IsViewType(seenAs))
            {
                // what the body does to elements through a span over the array is not followed
                _frame.Tables.Forget(elements, call.Operation);
            }

            if (!summary.IsAsync && call.Method.MethodKind != MethodKind.LocalFunction)
            {
                // the number of a handle, on its way to a native callback that gets its target back by it
                foreach (var number in NumbersIn(argument))
                {
                    _resources.Transfer(number, Destination.Call, call.Operation);
                }
            }

            if (argument.Value is Pointer { Block: { Site: not null } block } pointer && (pointer.Offset != Offset.Start || pointer.IsView))
            {
                // '&p->x': the body writes somewhere into the block
                _frame.Contents.GiveUp(block, call.Operation);
            }
        }

        if (summary.UsedInputs.IsEmpty)
        {
            return;
        }

        var translation = new Translation(_frame, _references, call);
        foreach (var input in summary.UsedInputs)
        {
            var value = translation.Of(input);
            if (!_resources.IsReleased(value) || !(ReleasesAgain(summary, input) || IsToldOfRelease(call, value)))
            {
                _resources.UseIn(call, value, isSure: summary.SurelyUsed.Any(use => use.Input == input));
            }
        }
    }

    /// <summary>The numbers of handles that are handed on as such, or in fields of a struct: <c>start(new Options { Context = GCHandle.ToIntPtr(self) })</c>.</summary>
    private static IEnumerable<Pointer> NumbersIn(Argument argument)
    {
        var pending = new Stack<(Value Value, ITypeSymbol? Type)>();
        pending.Push((argument.Value, argument.Parameter?.Type));
        while (pending.Count > 0)
        {
            switch (pending.Pop())
            {
                case (Pointer { IsView: false, Block.Family.DiscardIsDeliberate: true } number, { SpecialType: SpecialType.System_IntPtr }):
                    yield return number;
                    break;
                case (Aggregate aggregate, { IsValueType: true }):
                    foreach (var member in aggregate.Members)
                    {
                        pending.Push((member.Value, member.Key is IFieldSymbol field ? field.Type : null));
                    }

                    break;
            }
        }
    }

    /// <summary><c>Check(hook_destroy(_hook))</c>: the body is handed what the release has answered, and looks at the block where that has failed.</summary>
    private bool IsToldOfRelease(Call call, Value value) =>
        (value is Pointer pointer ? pointer.Block : value is Sym symbol ? _frame.Universe.External(symbol) : null) is { } block && _frame.State[block]?.ReleasedAt is { Type.SpecialType: not SpecialType.System_Void } release && call.Arguments.Any(argument => argument.Operation.DescendantsAndSelf().Contains(release));

    private static bool ReleasesAgain(Summary summary, Sym input) =>
        summary.Outcomes.Any(outcome => outcome.Effects.Any(effect => effect.Input == input));

    private Value NewBlock(Call call, Outcome outcome, Block block, BlockState state)
    {
        var belongsToHandle = state.Ownership == Ownership.Transferred && IsOfOwningHandle(outcome, block);
        if ((state.Ownership is not (Ownership.Owned or Ownership.Released) && !belongsToHandle && !IsAddedToCollection(outcome, block)) || block.Family is null || IsOnlySeen(outcome, block) || !_resources.IsFollowed(call.Operation))
        {
            return _frame.Universe.Result(call.Operation, block);
        }

        // what a factory has put into an object belongs to that object, unless it is handed out by itself
        var owner = call.Operation is IObjectCreationOperation { Type: { } type } ? type : (FlowState.Designates(outcome.Result, block) && outcome.Result is not (Pointer { IsView: true } or Pointer { Offset: not Offset.Start })) || state.IsDetached ? null : block.OwnerType ?? DisposableAround(outcome, block);
        var value = _resources.Allocate(call.Operation, _firstIndex + block.Id, block.Family, block.AllocatedBy, state.MayBeNull, block.Pool is null ? null : new Translation(_frame, _references, call).Of(block.Pool));
        if (value is Pointer pointer)
        {
            pointer.Block.OwnerType = owner;
            pointer.Block.AllocatedBy = call.Method.MethodKind == MethodKind.LambdaMethod ? block.AllocatedBy : call.DisplayName;
            pointer.Block.RootsItsHolder = block.RootsItsHolder;
            NoteParents(call, block, pointer.Block);
            pointer.Block.IsInTable |= block.IsInTable;
            if (belongsToHandle)
            {
                // nothing is expected of the handle's holder, but when it closes the handle the block is gone
                _frame.State = _frame.State.WithBlock(pointer.Block, new BlockState(Ownership.Transferred) { TransferredAt = call.Operation });
            }
            else if (state.Ownership == Ownership.Released)
            {
                // released already, and still there to be found
                _frame.State = _frame.State.WithBlock(pointer.Block, state with { ReleasedAt = call.Operation });
            }

            pointer.Block.IsKeptByObject |= owner is null && (outcome.Result is Pointer { IsView: true } || GivesView(call.Method) || !FlowState.Designates(outcome.Result, block)) && outcome.Writes.All(write => !FlowState.Designates(write.Value, block) || IsOfObject(write.Key, outcome.Result));
        }

        return value;
    }

    /// <summary>What the callee has made of a handle that it was handed.</summary>
    private void NoteParents(Call call, Block inCallee, Block block)
    {
        foreach (var parent in inCallee.MadeOf)
        {
            var handed = parent.External is not { } given ? null : new Translation(_frame, _references, call).Of(given) switch
            {
                Pointer pointer => pointer.Block,
                Sym { IsInput: true } symbol => _frame.Universe.External(symbol),
                _ => null,
            };
            if (handed is not null && handed != block && !block.MadeOf.Contains(handed))
            {
                block.MadeOf = block.MadeOf.Add(handed);
            }
        }
    }

    /// <summary>The type of the new object that the body returns, when that has the block, alone, and can be disposed of: <c>new Owner(Allocate(n))</c>.</summary>
    private static INamedTypeSymbol? DisposableAround(Outcome outcome, Block block)
    {
        if (outcome.Result is not Sym { Kind: SymKind.NewObject, Type: INamedTypeSymbol { IsReferenceType: true, DeclaringSyntaxReferences.IsEmpty: false } type } made)
        {
            return null;
        }

        var holders = outcome.Writes.Where(write => FlowState.Designates(write.Value, block)).Select(static write => write.Key).ToList();
        return holders.Count == 1 && holders[0] is { Parent: { Kind: PlaceKind.Object, Root: Sym holder } } && holder == made && type.AllInterfaces.Any(static declared => declared.SpecialType == SpecialType.System_IDisposable) ? type : null;
    }

    /// <summary>The body releases elements of a native array, or hands them on, by an index that nobody knows: those of which it is not known what it does with them.</summary>
    private void LeaveElements(Call call, Summary summary)
    {
        foreach (var input in summary.LooseInputs)
        {
            switch (new Translation(_frame, _references, call).Of(input))
            {
                case Pointer { Block: { Site: not null } block }:
                    var known = summary.Outcomes.SelectMany(outcome => outcome.Effects).Select(effect => effect.Input.Place).Where(place => place?.Parent is { Kind: PlaceKind.Object, Root: Sym owner } && owner == input).Select(place => place!.Root).ToList();
                    _frame.Contents.GiveUp(block, call.Operation, place => !known.Contains(place.Root));
                    break;
                case Sym { IsInput: true } given:
                    _frame.Tables.NoteLoose(given);
                    break;
            }
        }
    }

    /// <summary>The body has set the block as the handle of a <c>SafeHandle</c>, and left it nowhere else.</summary>
    private static bool IsOfOwningHandle(Outcome outcome, Block block) => IsLeftOnlyIn(outcome, block, OwningHandles.IsHandle);

    /// <summary>The body has put the block into a collection of its caller, and left it nowhere else.</summary>
    private static bool IsAddedToCollection(Outcome outcome, Block block) => IsLeftOnlyIn(outcome, block, static place => place.Root is Collections.AddedItem);

    private static bool IsLeftOnlyIn(Outcome outcome, Block block, Func<Place, bool> isMeant) =>
        !FlowState.Designates(outcome.Result, block) && outcome.Writes.Any(write => FlowState.Designates(write.Value, block)) &&
        outcome.Writes.All(write => !FlowState.Designates(write.Value, block) || isMeant(write.Key));

    /// <summary>All that the body leaves of a rented array is a span over it: it has lost the array itself, and is told so.</summary>
    private static bool IsOnlySeen(Outcome outcome, Block block) =>
        !FlowState.Designates(outcome.Result, block) && outcome.Writes.All(write => !FlowState.Designates(write.Value, block) || Exits.IsOnlySeen(block, write.Key));

    /// <summary>What gives a span or memory gives nothing that could be released.</summary>
    private static bool GivesView(IMethodSymbol method) => method.ReturnType.MetadataName is "Span`1" or "ReadOnlySpan`1" or "Memory`1" or "ReadOnlyMemory`1";

    /// <summary>A field of the receiver, or of an object that was there before the call or that the call makes and hangs there.</summary>
    private static bool IsOfObject(Place place, Value result) =>
        place is { Kind: PlaceKind.Member, Base.Kind: PlaceKind.This } ||
        (place is { Kind: PlaceKind.Member, Base: { Kind: PlaceKind.Object, Root: Sym owner } } && (owner.IsInput || (result is UnknownValue or Pointer or Const)));

    private Place? Made(IObjectCreationOperation creation)
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
        StartOf(input) is { Kind: PlaceKind.Parameter, Root: IParameterSymbol given } && given.Ordinal == parameter.Ordinal;

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
