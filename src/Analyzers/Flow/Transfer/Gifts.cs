using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>What a function with a contract gives: a block as its result or in a parameter, and when there is one.</summary>
internal sealed class Gifts(Frame frame, Resources resources, Calls calls, Choices choices, Counts counts, KnownMembers known)
{
    /// <summary>What the call gives; null when that is no block.</summary>
    public Value? Give(Call call, MemberContract contract, Value? pool)
    {
        if (contract.Family is not { } family || contract.Gives == BlockPlace.None || call.IsInitializer)
        {
            return null;
        }

        var at = call.Operation;
        NoteParents(call, family);
        switch (contract.Gives)
        {
            case BlockPlace.Result or BlockPlace.Receiver:
                if (family.DiscardIsDeliberate)
                {
                    GiveToHandle(call, contract);
                }

                if (contract.TestedParameter >= 0 && Tested(call, contract) is { } problem)
                {
                    return GiveUnless(problem, call, contract, family);
                }

                return ReallocatedAlready(call, contract) ? null : resources.Allocate(at, 0, family, call.DisplayName, contract.MayGiveNull, pool, call.Receiver);

            case BlockPlace.Parameter:
                var target = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == contract.BlockParameter) is { } filled ? filled.Place ?? filled.Pointee : null;
                if (family.IsOfReceiver)
                {
                    Store(target, counts.Take(call, family, target) ?? frame.Universe.Result(at, ("taken", target), target?.Type), at);
                    return calls.FreshResult(at);
                }

                if (contract is { GivesWhen: not ResultTest.None, TestedParameter: < 0 } && choices.Choose(2) == 1)
                {
                    LeaveParents(call, family);
                    Store(target, Value.Null, at);
                    return Outcome(call, contract.GivesWhen, given: false);
                }

                if (contract.TestedParameter >= 0 && Tested(call, contract) is { } status)
                {
                    Store(target, GiveUnless(status, call, contract, family), at);
                    return calls.FreshResult(at);
                }

                Store(target, resources.Allocate(at, 0, family, call.DisplayName, contract.MayGiveNull, pool, call.Receiver), at);
                return contract.GivesWhen == ResultTest.None ? calls.FreshResult(at) : Outcome(call, contract.GivesWhen, given: true);
        }

        return null;
    }

    /// <summary>Notes which blocks the function that gives one is handed.</summary>
    private void NoteParents(Call call, Family family)
    {
        if (!family.IsInferred)
        {
            return;
        }

        var block = frame.Universe.Allocated(call.Operation, 0, family);
        foreach (var argument in call.Arguments)
        {
            var parent = argument.Value switch
            {
                Pointer { Block: var given } => given,
                Sym { Kind: not SymKind.NewObject } symbol when argument.Parameter?.Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr } => frame.Universe.External(symbol),
                _ => null,
            };
            if (parent is not null && !block.MadeOf.Contains(parent))
            {
                parent.MayBeShared = true;
                block.MadeOf = block.MadeOf.Add(parent);
            }
        }
    }

    /// <summary>What the body never releases behind the call goes to the new one: a function that fails may have taken it all the same.</summary>
    private void LeaveParents(Call call, Family family)
    {
        foreach (var argument in call.Arguments)
        {
            if (family.IsInferred && argument.Value is Pointer { IsView: false, Block: { Site: not null, Family.IsInferred: true } } && !IsReleasedBehind(call, argument))
            {
                resources.Transfer(argument.Value, Destination.Call, call.Operation);
            }
        }
    }

    /// <summary>The body releases the argument behind the call.</summary>
    public bool IsReleasedBehind(Call call, Argument argument) =>
        LaterReleases.Follow(call.Operation.Syntax, argument.Operation.Syntax, known.InterestingNames.Releasing.Contains);

    private static Place? Tested(Call call, MemberContract contract) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == contract.TestedParameter) is { } argument ? argument.Place ?? (argument.Value as Address)?.Place : null;

    /// <summary>There is a block, or <paramref name="problem"/> says why not.</summary>
    private Value GiveUnless(Place problem, Call call, MemberContract contract, Family family)
    {
        var at = call.Operation;
        if (choices.Choose(2) == 0)
        {
            Store(problem, new Const(0L), at);
            return resources.Allocate(at, 0, family, call.DisplayName, mayBeNull: false);
        }

        var said = frame.Universe.Result(at, problem, problem.Type);
        frame.Rounds.Refresh(said);
        Store(problem, said, at);
        frame.State = frame.State.WithFact(said, Fact.IsNot(0L));
        return Value.Null;
    }

    /// <summary>Whoever has the number of the handle reaches its target, and what that owns.</summary>
    private void GiveToHandle(Call call, MemberContract contract)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value is Sym { Kind: SymKind.NewObject, Type: not IArrayTypeSymbol })
            {
                frame.Escape(argument.Value, call.Operation);
                frame.Publish(argument.Value, call.Operation);
            }
            else if (argument.Value is Sym { Place.Kind: PlaceKind.This } && contract.Family is { } family)
            {
                frame.Universe.Allocated(call.Operation, 0, family).RootsItsHolder = true;
            }
        }
    }

    private static bool ReallocatedAlready(Call call, MemberContract contract) =>
        call.Arguments.Any(argument => contract.HandoverOf(argument.Parameter?.Ordinal ?? -1) == Handover.Reallocates);

    private void Store(Place? place, Value value, IOperation at)
    {
        if (place is null)
        {
            resources.Transfer(value, Destination.Elsewhere, at);
            return;
        }

        frame.Write(place, value, at);
    }

    private Value Outcome(Call call, ResultTest test, bool given)
    {
        var result = calls.FreshResult(call.Operation);
        var condition = test switch
        {
            ResultTest.True => result,
            ResultTest.NonZero when call.Method.ReturnType.SpecialType == SpecialType.System_Boolean => result,
            ResultTest.False => Conditions.Not(result),
            ResultTest.Zero => Conditions.Make(Operator.Equal, result, new Const(0L)),
            ResultTest.NonZero => Conditions.Not(Conditions.Make(Operator.Equal, result, new Const(0L))),
            _ => Conditions.Make(Operator.LessOrEqual, new Const(0L), result),
        };
        if (Conditions.Assume(condition, given, frame.State) is { } known)
        {
            frame.State = known;
        }

        return result;
    }
}
