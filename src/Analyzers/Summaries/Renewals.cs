using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Drops the outcomes of a call in which a buffer grows, where nobody can tell: whether an owner's buffer has grown is all the same as long as nobody else holds the buffer.</summary>
internal sealed class Renewals
{
    private readonly Frame _frame;
    private readonly Translation _translation;
    private readonly Call _call;

    public Renewals(Frame frame, Translation translation, Call call)
    {
        _frame = frame;
        _translation = translation;
        _call = call;
    }

    /// <summary>Removes from the ways in which a call can go those that are another one with a grown buffer.</summary>
    public void Forget(Summary summary, List<(Outcome Outcome, FlowState State)> possible)
    {
        foreach (var renewal in summary.Renewals)
        {
            var grown = possible.FindIndex(way => way.Outcome == summary.Outcomes[renewal.Grown]);
            if (grown < 0 || !possible.Exists(way => way.Outcome == summary.Outcomes[renewal.Same]))
            {
                continue;
            }

            var places = renewal.Places.Select(_translation.PlaceOf).ToList();
            if (!places.Contains(null) && renewal.Replaced.All(old => IsHeldOnlyBy(_translation.Of(old), places)))
            {
                possible.RemoveAt(grown);
            }
        }
    }

    private bool IsHeldOnlyBy(Value value, List<Place?> places)
    {
        if (value is not (Pointer or Sym) || value is Sym { Place: { } given } && IsOfStructure(given))
        {
            return false;
        }

        foreach (var pair in _frame.State.Values)
        {
            if (!places.Contains(pair.Key) && Shares(pair.Value, value))
            {
                return false;
            }
        }

        // 'Grow(ref buffer)': what the variable holds afterwards is what it held, or takes its place
        return !_call.Arguments.Any(argument => Shares(argument.Value, value) && !(argument.IsWritable && argument.Place is { } place && places.Contains(place)));
    }

    /// <summary>A structure that the body was handed by a pointer or by reference may be one that its caller has only just made, and holds nothing yet.</summary>
    private static bool IsOfStructure(Place place) =>
        place.Kind == PlaceKind.Member && place.Base is { Kind: PlaceKind.Object, Root: Sym { Type: IPointerTypeSymbol, Place.Kind: PlaceKind.Parameter } } or { Kind: PlaceKind.Parameter };

    /// <summary>Whether a value is, views or uses the block that <paramref name="held"/> designates.</summary>
    private static bool Shares(Value value, Value held) => value switch
    {
        Sym symbol => symbol == held || (held is Pointer pointer && pointer.Block.External == symbol),
        Pointer pointer => held is Pointer other ? pointer.Block == other.Block : pointer.Block.External == held,
        Borrower borrower => borrower.Blocks.Any(block => Shares(new Pointer(block), held)) || Shares(borrower.Result, held),
        Aggregate aggregate => aggregate.Members.Values.Any(member => Shares(member, held)),
        Expression expression => Shares(expression.Left, held) || Shares(expression.Right, held),
        _ => false,
    };
}
