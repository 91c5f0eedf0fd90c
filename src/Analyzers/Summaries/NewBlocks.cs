using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Blocks that a body gives its caller: whose they are there, and which of them the caller has to release.</summary>
internal sealed class NewBlocks(Frame frame, Resources resources, References references)
{
    public Value NewBlock(Call call, Outcome outcome, Block block, BlockState state, int firstIndex)
    {
        var belongsToHandle = state.Ownership == Ownership.Transferred && IsOfOwningHandle(outcome, block);
        if ((state.Ownership is not (Ownership.Owned or Ownership.Released) && !belongsToHandle && !IsAddedToCollection(outcome, block)) || block.Family is null || (block.KeptIn is not null && FilledTables.MayBeElsewhere(call.Operation)) || IsOnlySeen(outcome, block) || !resources.IsFollowed(call.Operation))
        {
            return frame.Universe.Result(call.Operation, block);
        }

        // what a factory has put into an object belongs to that object, unless it is handed out by itself
        var owner = SummaryTransfer.IsCreation(call.Operation) && call.Operation.Type is { } type ? type : (FlowState.Designates(outcome.Result, block) && outcome.Result is not (Pointer { IsView: true } or Pointer { Offset: not Offset.Start })) || state.IsDetached ? null : block.OwnerType ?? DisposableAround(outcome, block);
        var value = resources.Allocate(call.Operation, firstIndex + block.Id, block.Family, block.AllocatedBy, state.MayBeNull, block.Pool is null ? null : new Translation(frame, references, call).Of(block.Pool));
        if (value is Pointer pointer)
        {
            pointer.Block.OwnerType = owner;
            pointer.Block.AllocatedBy = call.Method.MethodKind == MethodKind.LambdaMethod ? block.AllocatedBy : call.DisplayName;
            pointer.Block.RootsItsHolder = block.RootsItsHolder;
            pointer.Block.KeptIn = block.KeptIn;
            NoteParents(call, block, pointer.Block);
            pointer.Block.IsInTable |= block.IsInTable;
            if (belongsToHandle)
            {
                // nothing is expected of the handle's holder, but when it closes the handle the block is gone
                frame.State = frame.State.WithBlock(pointer.Block, new BlockState(Ownership.Transferred) { TransferredAt = call.Operation });
            }
            else if (state.Ownership == Ownership.Released)
            {
                // released already, and still there to be found
                frame.State = frame.State.WithBlock(pointer.Block, state with { ReleasedAt = call.Operation });
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
            var handed = parent.External is not { } given ? null : new Translation(frame, references, call).Of(given) switch
            {
                Pointer pointer => pointer.Block,
                Sym { IsInput: true } symbol => frame.Universe.External(symbol),
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

    /// <summary>The body has set the block as the handle of a <c>SafeHandle</c>, and left it nowhere else.</summary>
    public static bool IsOfOwningHandle(Outcome outcome, Block block) => IsLeftOnlyIn(outcome, block, OwningHandles.IsHandle);

    /// <summary>The body has put the block into a collection of its caller, and left it nowhere else.</summary>
    public static bool IsAddedToCollection(Outcome outcome, Block block) => IsLeftOnlyIn(outcome, block, static place => place.Root is Collections.AddedItem);

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
}
