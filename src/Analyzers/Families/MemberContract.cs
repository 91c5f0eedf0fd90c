using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Families;

/// <summary>What a member does to a block that is handed to it.</summary>
internal enum Handover
{
    /// <summary>Nothing is known: the default for the kind of member decides.</summary>
    Unknown,

    /// <summary>Uses it during the call only.</summary>
    Borrows,

    /// <summary>Releases it; it may not be used afterwards.</summary>
    Releases,

    /// <summary>Releases it and gives a new one as the result; when it throws, the old one is still there.</summary>
    Reallocates,

    /// <summary>Takes over the duty to release it; the giver may still use it.</summary>
    Holds,

    /// <summary>Takes it over altogether.</summary>
    Takes,

    /// <summary>The result is a view over the block: it is valid as long as the block is, and owns nothing.</summary>
    Views,

    /// <summary>The result is the same block: a cast, a wrapper that is compared equal.</summary>
    SameBlock,
}

/// <summary>Where an allocation puts the new block.</summary>
internal enum BlockPlace
{
    /// <summary>The member gives no block.</summary>
    None,

    /// <summary>The member's result.</summary>
    Result,

    /// <summary>An <c>out</c> or <c>ref</c> parameter: <see cref="MemberContract.BlockParameter"/>.</summary>
    Parameter,

    /// <summary>The object that a constructor makes, or the receiver.</summary>
    Receiver,
}

/// <summary>What is known of one member: what it allocates and what it does to what it is handed. Immutable.</summary>
internal sealed record MemberContract
{
    /// <summary>A member that borrows everything and gives nothing.</summary>
    public static readonly MemberContract BorrowsAll = new() { ReceiverHandover = Handover.Borrows, DefaultHandover = Handover.Borrows };

    /// <summary>The family that an allocated, reallocated or released block belongs to, or null.</summary>
    public Family? Family { get; init; }

    /// <summary>The family of the block that is released, where another is given (<see cref="Family"/>); else null: the same.</summary>
    public Family? ReleasedFamily { get; init; }

    /// <summary>Where the new block is, if any.</summary>
    public BlockPlace Gives { get; init; }

    /// <summary>The ordinal of the parameter that receives the new block, when <see cref="Gives"/> says so.</summary>
    public int BlockParameter { get; init; } = -1;

    /// <summary>The result can be null instead of a block, as <c>malloc</c>'s.</summary>
    public bool MayGiveNull { get; init; }

    /// <summary>What happens to the receiver.</summary>
    public Handover ReceiverHandover { get; init; }

    /// <summary>What happens to the arguments, by parameter ordinal; shorter than the parameter list when the rest is <see cref="DefaultHandover"/>.</summary>
    public ImmutableArray<Handover> ParameterHandovers { get; init; } = ImmutableArray<Handover>.Empty;

    /// <summary>What happens to the parameters that <see cref="ParameterHandovers"/> does not name.</summary>
    public Handover DefaultHandover { get; init; }

    /// <summary>The block is only there when the member's result passes this test, as with <c>bool TryLoad(out handle)</c>.</summary>
    public ResultTest GivesWhen { get; init; }

    /// <summary>The <c>out</c> parameter that <see cref="GivesWhen"/> is about; -1 for the result.</summary>
    public int TestedParameter { get; init; } = -1;

    /// <summary>Where a <see cref="Handover.Views"/> or <see cref="Handover.SameBlock"/> goes when it is not the result: the ordinal of an <c>out</c> parameter, else -1.</summary>
    public int ViewParameter { get; init; } = -1;

    /// <summary>The released argument may be null, which releases nothing: <c>free(NULL)</c>.</summary>
    public bool NullIsReleasedSafely { get; init; }

    /// <summary>The member never returns to its caller: it throws or ends the process.</summary>
    public bool NeverReturns { get; init; }

    /// <summary>What holds instead when an argument is a certain constant; see <see cref="ForArguments"/>.</summary>
    public ImmutableArray<ContractVariant> Variants { get; init; } = ImmutableArray<ContractVariant>.Empty;

    /// <summary>False when the member is known not to throw; null when nothing is known.</summary>
    public bool? Throws { get; init; }

    /// <summary>Where the contract comes from, for messages about the contract itself: a file, an attribute, the built-in table.</summary>
    public string? Source { get; init; }

    /// <summary>What happens to the argument of parameter <paramref name="ordinal"/>.</summary>
    public Handover HandoverOf(int ordinal) =>
        ordinal >= 0 && ordinal < ParameterHandovers.Length && ParameterHandovers[ordinal] != Handover.Unknown
            ? ParameterHandovers[ordinal]
            : DefaultHandover;

    /// <summary>
    /// The contract of one call: the variant whose constants are the call's, else this contract. A call whose deciding
    /// argument is no constant gets what is said for all calls, which may be nothing.
    /// </summary>
    public MemberContract ForArguments(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var variant in Variants)
        {
            if (variant.Holds(arguments))
            {
                return variant.Contract;
            }
        }

        return this;
    }

    /// <summary>Whether a body that calls the member has a block to do with that it had not before, or has one less.</summary>
    public bool GivesOrReleases =>
        Family is not null || ReceiverHandover is Handover.Releases or Handover.Reallocates || DefaultHandover is Handover.Releases or Handover.Reallocates ||
        ParameterHandovers.Any(static handover => handover is Handover.Releases or Handover.Reallocates);
}
