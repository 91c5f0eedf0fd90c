using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace LifetimeAnalyzers.Flow.Exceptions;

/// <summary>How control leaves a body.</summary>
internal enum ExitKind
{
    /// <summary>It does not leave: it goes on at a block.</summary>
    None,

    /// <summary>By <c>return</c> or at the end.</summary>
    Return,

    /// <summary>By an exception.</summary>
    Throw,
}

/// <summary>
/// Where control goes when a finally region is done: through the finally regions that are left, then to a block, to an
/// exit, or on unwinding. A finally region is analysed once for each continuation, so that what is known on a branch is
/// not mixed with what is known on another.
/// </summary>
/// <param name="Remaining">The finally regions that still have to run, innermost first.</param>
/// <param name="Destination">The block to go to; null when the body is left or an exception unwinds.</param>
/// <param name="UnwindFrom">The region from which an exception goes on unwinding; null when it does not.</param>
/// <param name="ExceptionType">The type of the exception that unwinds; null when any is possible.</param>
/// <param name="Outer">The continuation of the finally region in which this one began.</param>
internal sealed record Continuation(
    ImmutableArray<ControlFlowRegion> Remaining,
    BasicBlock? Destination,
    ControlFlowRegion? UnwindFrom,
    ITypeSymbol? ExceptionType,
    Continuation? Outer)
{
    /// <summary>The order in which continuations were made; gives nodes a stable order.</summary>
    public int Id { get; init; }

    public bool Equals(Continuation? other) =>
        other is not null && ReferenceEquals(Destination, other.Destination) && ReferenceEquals(UnwindFrom, other.UnwindFrom) &&
        SymbolEqualityComparer.Default.Equals(ExceptionType, other.ExceptionType) && ReferenceEquals(Outer, other.Outer) &&
        Remaining.SequenceEqual(other.Remaining);

    public override int GetHashCode() => ((Destination?.Ordinal ?? -1) * 397) ^ (UnwindFrom?.FirstBlockOrdinal ?? -1) ^ (Remaining.Length << 8);
}

/// <summary>A point of the analysis: a basic block, under the continuation of the finally region that it lies in.</summary>
internal sealed record Node(BasicBlock Block, Continuation? Continuation)
{
    public bool Equals(Node? other) => other is not null && ReferenceEquals(Block, other.Block) && ReferenceEquals(Continuation, other.Continuation);

    public override int GetHashCode() => (Block.Ordinal * 397) ^ (Continuation?.Id ?? -1);
}
