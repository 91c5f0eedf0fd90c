using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <content>Lambdas, method groups and delegates: called here, or handed to somebody who calls them.</content>
internal sealed partial class Calls
{
    /// <summary>A delegate or object goes where it may be called at any time: what it captures and releases is no longer the body's.</summary>
    public void HandOver(Value value, IOperation at)
    {
        if (value is Closure closure)
        {
            _captured.HandOverClosure(closure, at);
        }

        _resources.Transfer(value, Destination.Elsewhere, at);
    }

    /// <summary>A lambda is returned: what it uses of what it captured must not have been released.</summary>
    public void CheckCaptured(Closure closure, IOperation at) => _captured.CheckCaptured(closure, at, "used by the returned lambda");

    /// <summary>The blocks of the body that a lambda captures and uses.</summary>
    public ImmutableArray<Block> UsedBy(Closure closure, IOperation at) => _captured.UsedBy(closure, at);

    /// <summary>The summary of a closure's body.</summary>
    public Summary? SummaryOf(Closure closure) => closure.Body is IFlowAnonymousFunctionOperation lambda
        ? _summaries.SummaryOf(lambda)
        : _summaries.SummaryOf(closure.Target, null);

    /// <summary>A lambda is handed to a call; gives the blocks of the body that it goes on using until the task ends that the call gives.</summary>
    public ImmutableArray<Block> HandOverTo(Call call, Closure closure)
    {
        if (RunningWork.Runs(call.Method))
        {
            _captured.CheckCaptured(closure, call.Operation, "used by the function that is passed to " + call.DisplayName);
        }

        var used = _running.UsedUntilEnd(closure, call.Method);
        HandOver(closure, call.Operation);
        return used.RemoveAll(block => _frame.State[block] is not { Ownership: Ownership.Owned });
    }

    /// <summary>The blocks of the body that a local function or lambda captures, and goes on using until the task ends that it gives.</summary>
    public ImmutableArray<Block> CapturedLate(Call call) => _running.CapturedLate(call);

    /// <summary>A call is handed blocks together with a function that releases what it is given: <c>Use(block, use, Free)</c>. Then the one may be for the other.</summary>
    public void HandOverToReleasers(Call call)
    {
        HandOverState(call);
        if (call.Arguments.Length < 2 || !call.Arguments.Any(argument => argument.Value is Closure closure && TakesWhatItIsGiven(closure)))
        {
            return;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Value is not Closure)
            {
                _resources.Transfer(argument.Value, Destination.Call, call.Operation);
            }
        }
    }

    /// <summary>A callback is handed over with a state that it gets to see when its time has come: <c>BeginRead(…, callback, state)</c>.</summary>
    public void HandOverState(Call call)
    {
        if (!call.Arguments.Any(static argument => argument.Value is Closure))
        {
            return;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_Object, Name: "state" or "asyncState" or "userState" or "userToken" })
            {
                _resources.Transfer(argument.Value, Destination.Call, call.Operation);
            }
        }
    }

    private bool TakesWhatItIsGiven(Closure closure)
    {
        if (closure.Body is null && _known.ContractOf(closure.Target) is { } contract)
        {
            return contract.ParameterHandovers.Any(handover => handover is Handover.Releases or Handover.Takes or Handover.Holds) || (contract.ReceiverHandover == Handover.Releases && closure.Receiver is null);
        }

        return SummaryOf(closure) is { } summary &&
            summary.Outcomes.Any(outcome => outcome.Effects.Any(effect => effect.Input.Place?.Base is { Kind: PlaceKind.Parameter } || effect.Input.Place?.Base is { Kind: PlaceKind.Object, Root: Sym { Place.Kind: PlaceKind.Parameter } }));
    }

    private Value InvokeDelegate(Call call)
    {
        if (call.Receiver is Closure closure)
        {
            var receiver = closure.Receiver;
            var target = call with { Method = closure.Target, Receiver = receiver, Instance = null, ReceiverPlace = null };
            if (closure.Body is null)
            {
                return Apply(target, _known.ContractOf(closure.Target));
            }

            if (SummaryOf(closure) is { } summary)
            {
                return _applied.Apply(target, summary);
            }
        }

        var result = _unknown.Apply(call, null);
        _handed.Note(call);
        return result;
    }

    /// <summary>A call through a pointer to a function that is not known.</summary>
    public Value CallPointer(Call call) => _unknown.Apply(call, null);

    /// <summary>Whether it is known what a lambda or method does.</summary>
    public bool CanCall(Closure closure) =>
        SummaryOf(closure) is not null || (closure.Body is null && _known.ContractOf(closure.Target) is { } contract && SaysSomethingOfOwnership(contract));

    /// <summary>Calls a lambda or method, when it is known what it does.</summary>
    public Value Call(Closure closure, Call target)
    {
        if (closure.Body is not null && SummaryOf(closure) is { } summary)
        {
            return _applied.Apply(target, summary);
        }

        return closure.Body is null && ((_known.ContractOf(closure.Target) is { } contract && SaysSomethingOfOwnership(contract)) || SummaryOf(target) is not null)
            ? Apply(target, _known.ContractOf(closure.Target))
            : Value.Unknown;
    }
}
