using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>What an object that has been disposed of or given back still has is a matter of its type, which who uses the object rightly cannot mend.</summary>
internal sealed class Remainders(Frame frame, Resources resources, References references)
{
    /// <summary>
    /// An object that has been given back or disposed of keeps what its own release left of what it came with: that is a matter of its
    /// type, which whoever uses the object rightly cannot mend.
    /// </summary>
    public void LeaveRestToObject(Call call)
    {
        if (call is not { Receiver: Sym receiver, Method: { IsStatic: false, Parameters.Length: 0 } } || !(Families.MemberNames.Ends.Contains(call.Method.Name) || call.Method.Name is "Return" or "Release"))
        {
            return;
        }

        foreach (var block in frame.BlocksIn(receiver))
        {
            if (CameWithObject(block) && frame.State[block] is { Ownership: Ownership.Owned })
            {
                resources.Transfer(new Pointer(block), Destination.Call, call.Operation);
            }
        }
    }

    /// <summary>The same of a struct, whose <c>Dispose</c> may clear it at its end: <c>this = default</c>.</summary>
    public void LeaveRestToStruct(Call call, Outcome outcome)
    {
        if (call is not { ReceiverPlace: { } place, Receiver: not Sym, Method: { IsStatic: false, ContainingType.IsValueType: true } } || !Families.KnownMembers.IsDisposal(call.Method))
        {
            return;
        }

        Translation? translation = null;
        foreach (var block in frame.BlocksIn(frame.Read(place)))
        {
            if (frame.State[block] is { Ownership: Ownership.Owned } &&
                !outcome.Effects.Any(effect => (translation ??= new Translation(frame, references, call)).Of(effect.Input) is Pointer pointer && pointer.Block == block))
            {
                resources.Transfer(new Pointer(block), Destination.Call, call.Operation);
            }
        }
    }

    private static bool CameWithObject(Block block) =>
        block.Site is IInvocationOperation { TargetMethod.DeclaringSyntaxReferences.IsEmpty: false } or IObjectCreationOperation { Constructor.ContainingType.DeclaringSyntaxReferences.IsEmpty: false };
}
