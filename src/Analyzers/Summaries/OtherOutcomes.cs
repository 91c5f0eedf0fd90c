using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// What the other ways of a body mean where the caller cannot see which one it takes: what only some of them release is
/// then neither released for certain nor the caller's to release any more.
/// </summary>
internal sealed class OtherOutcomes(Frame frame, Resources resources, References references)
{
    /// <summary>
    /// The body releases a block on another of its paths, or hands it on, and nothing that the caller can see tells which path it takes (a count of
    /// references, a flag of its own): then it is the body's affair from here on.
    /// </summary>
    public void GiveUpWhatOthersRelease(Call call, Outcome chosen, List<(Outcome Outcome, FlowState State)> possible, FlowState before)
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

            translation ??= new Translation(frame, references, call);
            if (!IsGivenBackUnasked(call) && translation.Assume(other) is null && !(isDefensive ??= IsDefensive(chosen, translation, before)))
            {
                continue;
            }

            foreach (var effect in other.Effects)
            {
                if (IsGivenUpOnlyBy(effect, chosen))
                {
                    resources.Transfer(translation.Of(effect.Input), Destination.Call, call.Operation);
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
    public void ForgetEarlyOutsOfDisposal(Call call, List<(Outcome Outcome, FlowState State)> possible)
    {
        if (possible.Count > 1 && Families.KnownMembers.IsDisposal(call.Method))
        {
            KeepReleasing(call, possible);
        }
    }

    private void KeepReleasing(Call call, List<(Outcome Outcome, FlowState State)> possible)
    {
        var translation = new Translation(frame, references, call);
        var releasing = possible.FindAll(way => way.Outcome.Effects.Any(effect => translation.Of(effect.Input) is Pointer { IsView: false } pointer && frame.State[pointer.Block] is { Ownership: Ownership.Owned }));
        if (releasing.Count > 0)
        {
            possible.RemoveAll(way => !releasing.Contains(way));
        }
    }

    /// <summary>
    /// The outcome, with what it releases only handed on where another one that leaves it alone is just as possible: nothing that can
    /// be seen from here tells the two apart, so that nobody knows whether it has been released.
    /// </summary>
    public Outcome WithoutDoubtfulReleases(Call call, Outcome chosen, List<(Outcome Outcome, FlowState State)> possible)
    {
        Translation? translation = null;
        var effects = chosen.Effects;
        for (var i = 0; i < effects.Length; i++)
        {
            var effect = effects[i];
            foreach (var (other, _) in possible)
            {
                if (IsReleasedOnlyBy(effect, other) && !ReferenceEquals(other, chosen) && !(chosen.Result is Const mine && other.Result is Const theirs && !mine.Equals(theirs)) &&
                    (translation ??= new Translation(frame, references, call)).Assume(other) is not null)
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
}
