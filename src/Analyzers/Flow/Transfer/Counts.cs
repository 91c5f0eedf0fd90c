using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>
/// What objects give and take back by counting, without being handed it: <c>SafeHandle.DangerousAddRef</c>,
/// <c>SafeBuffer.AcquirePointer</c>. Who holds it is the object, until it is told otherwise.
/// </summary>
internal sealed class Counts(Frame frame, Resources resources)
{
    private bool _areAny;

    /// <summary>The object of a call gives something, and says so in a variable of the body; null when others may see the variable, and release what they see.</summary>
    public Value? Take(Call call, Family family, Place? variable)
    {
        if (call.Receiver is not (Sym or Pointer) || variable is not { Kind: PlaceKind.Local })
        {
            return null;
        }

        _areAny = true;
        var taken = resources.Allocate(call.Operation, 0, family, call.DisplayName, mayBeNull: false, from: call.Receiver);
        if (taken is Pointer { Block: var block })
        {
            block.CountedBy = call.Receiver;
        }

        return variable.Type is { SpecialType: SpecialType.System_Boolean } ? Value.True : taken;
    }

    /// <summary>The object of a call is told that something it gave is needed no more: what, is certain where it has given one thing.</summary>
    public void Release(Call call, Family family)
    {
        var taken = Taken(block => block.Family == family);
        var own = taken.FindAll(block => Equals(block.CountedBy, call.Receiver));
        if (own.Count == 1)
        {
            resources.Release(new Pointer(own[0]), family, call.DisplayName, call.Operation, Calls.NameOf(call.Instance));
            return;
        }

        foreach (var block in own.Count == 0 ? taken : own)
        {
            frame.Log.Release(block, call.Operation);
            frame.Escape(new Pointer(block), call.Operation);
        }
    }

    /// <summary>Who is handed the object, or one that leads to it, may tell it.</summary>
    public void HandOn(Call call)
    {
        if (!_areAny || (call.Method is { DeclaringSyntaxReferences.IsEmpty: true, MethodKind: not (MethodKind.DelegateInvoke or MethodKind.LocalFunction or MethodKind.AnonymousFunction) }))
        {
            return;
        }

        foreach (var block in Taken(block => call.Arguments.Any(argument => LeadsTo(argument.Value, block.CountedBy!)) || LeadsTo(call.Receiver, block.CountedBy!)))
        {
            resources.Transfer(new Pointer(block), Destination.Call, call.Operation);
        }
    }

    private List<Block> Taken(Func<Block, bool> isIt)
    {
        var found = new List<Block>();
        if (!_areAny)
        {
            return found;
        }

        foreach (var pair in frame.State.Blocks)
        {
            if (pair is { Key: { CountedBy: not null } block, Value.Ownership: Ownership.Owned } && isIt(block))
            {
                found.Add(block);
            }
        }

        return found;
    }

    /// <summary>Whether one object is another, or has it in a field or property.</summary>
    private static bool LeadsTo(Value? outer, Value counting)
    {
        for (Value? inner = counting; inner is not null;)
        {
            if (Equals(inner, outer) || (inner is Sym { Place.Base: { Kind: PlaceKind.This } } && outer is Sym { Place.Kind: PlaceKind.This }))
            {
                return true;
            }

            inner = inner is not Sym symbol ? null : symbol.Origin is ReadOrigin read ? read.Of : symbol.Place is { Base: { Kind: PlaceKind.Object, Root: Sym owner } } ? owner : null;
        }

        return false;
    }
}
