using System.Collections.Immutable;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>What a body leaves in places of its caller, and in the parts of what it gives.</summary>
internal sealed class LeftValues(Frame frame, Resources resources, Calls calls)
{
    /// <summary>Leaves in places what the body leaves there; gives the result with its members.</summary>
    public Value Write(Call call, List<(Place? Place, Value Value, Place Callee)> writes, Value result)
    {
        var at = call.Operation;
        var renamed = new List<(Sym Last, Sym Older)>();

        // what is handed on whole goes last, with what the other writes put into it
        foreach (var write in writes.OrderBy(static write => write.Place is null).ToList())
        {
            var (place, value, callee) = write;
            foreach (var (last, older) in renamed)
            {
                value = frame.Rounds.Renamed(value, last, older);
                place = place?.Base is { Kind: PlaceKind.Object, Root: Sym root } && root == last ? frame.Universe.Rebase(place, frame.Universe.Object(older)) : place;
            }

            if (place is not null && (value is UnknownValue || (value is Sym { Kind: SymKind.Result } && Frame.CanHaveMembers(place))) && place.Type?.MetadataName is not ("Span`1" or "ReadOnlySpan`1"))
            {
                // the body lost track of it: what is there may be what was there before, and what a struct's members held may have gone anywhere
                if (calls.InLoop && frame.Universe.Result(at, place, place.Type) is var unknown && IsCalled(frame.Read(place), unknown))
                {
                    // what was there since the last round has the name that is due now: whoever got it keeps it by another one
                    var older = frame.Universe.Result(at, ("older", unknown), place.Type);
                    frame.Rounds.Rename(unknown, older);
                    result = frame.Rounds.Renamed(result, unknown, older);
                    renamed.Add((unknown, older));
                }

                frame.Forget(place, at);
            }
            else if (place is { Root: Collections.AddedItem, Parent: { Kind: PlaceKind.Object, Root: Sym collection } })
            {
                calls.Collections.PutByCall(collection, value, at);
            }
            else if (place is not null)
            {
                if (place.Base.Kind == PlaceKind.Static && value is not Const)
                {
                    LeaveToStatics(place, at);
                }

                if (!frame.Contents.Keeps(place, value))
                {
                    resources.Transfer(value, Destination.OtherObject, at);
                }

                if (place is { Kind: PlaceKind.Member, Field: null, Parent: { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } table } } && value is Pointer { IsView: false, Block: { Site: not null } element })
                {
                    frame.Tables.NoteGiven(table, element);
                }

                frame.Write(place, value, at);
                if (OwningHandles.IsHandle(place))
                {
                    calls.CheckKeeper(place, value, at);
                }
            }
            else if (IsDiscarded(call, callee))
            {
                resources.Discard(value, at);
            }
            else if (callee.Base.Kind == PlaceKind.Result)
            {
                result = WithMember(result, callee, value);
            }
            else
            {
                resources.Transfer(value, Destination.OtherObject, at);
            }
        }

        return result;
    }

    /// <summary>The value, or the block behind it, goes by that name.</summary>
    private static bool IsCalled(Value value, Sym unknown) => value is Sym symbol ? symbol == unknown : value is Pointer { Block.External: { } external } && external == unknown;

    /// <summary>A call replaces in a static field what another call has put there: a table that is made on demand, perhaps. Whether one is lost is a matter of the members that fill the field, and not of who calls them.</summary>
    private void LeaveToStatics(Place place, IOperation at)
    {
        foreach (var block in frame.BlocksIn(frame.Read(place)))
        {
            if (block.Site is IInvocationOperation { TargetMethod: { IsExtern: false, DeclaringSyntaxReferences.IsEmpty: false } } or IPropertyReferenceOperation && frame.State[block] is { Ownership: Ownership.Owned })
            {
                resources.Transfer(new Pointer(block), Destination.StaticField, at);
            }
        }
    }

    /// <summary><c>out _</c>.</summary>
    private static bool IsDiscarded(Call call, Place place) =>
        place is { Kind: PlaceKind.Parameter, Root: IParameterSymbol parameter } &&
        call.Arguments.Any(argument => argument.Parameter?.Ordinal == parameter.Ordinal && argument.Operation is IDiscardOperation);

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
}
