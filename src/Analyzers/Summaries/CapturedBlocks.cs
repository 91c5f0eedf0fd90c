using System.Collections.Immutable;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>What a lambda or method group captures: when it goes where it will be called, and what it uses then.</summary>
internal sealed class CapturedBlocks(Frame frame, Resources resources, References references, Calls calls)
{
    /// <summary>So many lambdas that call each other are looked into.</summary>
    private const int MaxClosures = 4;

    /// <summary>A lambda or method group may be called at any time from here on: what it releases or keeps is no longer the body's to release.</summary>
    public void HandOverClosure(Closure closure, IOperation at) => HandOverClosure(closure, at, 0);

    private void HandOverClosure(Closure closure, IOperation at, int depth)
    {
        var summary = calls.SummaryOf(closure);
        if (closure.Receiver is { } receiver)
        {
            resources.Transfer(receiver, Destination.Elsewhere, at);
        }

        if (summary is null)
        {
            return;
        }

        var call = new Call(at, closure.Target, null, closure.Receiver, null, ImmutableArray<Argument>.Empty);
        var translation = new Translation(frame, references, call);
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
                resources.Transfer(translation.Of(effect.Input), Destination.Call, at);
            }

            foreach (var write in outcome.Writes)
            {
                if (write.Key.Base.Kind == PlaceKind.Captured && translation.PlaceOf(write.Key) is { } place)
                {
                    frame.Forget(place, at);
                }

                resources.Transfer(translation.Of(write.Value), Destination.Call, at);
            }

            resources.Transfer(translation.Of(outcome.Result), Destination.Call, at);
        }
    }

    /// <summary>A lambda goes where it will be called: what it uses of what it captured must not have been released.</summary>
    public void CheckCaptured(Closure closure, IOperation at, string how)
    {
        foreach (var pointer in Captured(closure, at))
        {
            if (resources.IsReleased(pointer))
            {
                resources.Use(pointer, at, how);
            }
        }
    }

    /// <summary>The blocks of the body that a lambda captures and uses.</summary>
    public ImmutableArray<Block> UsedBy(Closure closure, IOperation at) =>
        Captured(closure, at).Select(static pointer => pointer.Block).Where(block => frame.State[block] is { Ownership: Ownership.Owned }).Distinct().ToImmutableArray();

    private IEnumerable<Pointer> Captured(Closure closure, IOperation at)
    {
        if (frame.State.Blocks.IsEmpty || calls.SummaryOf(closure) is not { UsedInputs.IsEmpty: false } summary)
        {
            yield break;
        }

        var translation = new Translation(frame, references, new Call(at, closure.Target, null, closure.Receiver, null, ImmutableArray<Argument>.Empty));
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
    public static Place? StartOf(Sym input)
    {
        var place = input.Place?.Base;
        while (place is { Kind: PlaceKind.Object, Root: Sym { Place: { } outer } })
        {
            place = outer.Base;
        }

        return place;
    }
}
