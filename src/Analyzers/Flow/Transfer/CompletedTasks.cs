using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>Tasks that are made of their result: they use nothing, and who awaits one gets what was put in.</summary>
internal static class CompletedTasks
{
    /// <summary>A task with a result that leads to a block; null when it leads nowhere, and a task like any other will do.</summary>
    public static Value? Of(Value result) =>
        result is Pointer or Aggregate or Borrower or Sym { Kind: SymKind.NewObject } ? new Borrower(result, System.Collections.Immutable.ImmutableArray<Block>.Empty) : null;

    /// <summary><c>new ValueTask&lt;T&gt;(result)</c>.</summary>
    public static bool IsMadeOfResult(IMethodSymbol constructor) =>
        constructor is { ContainingType: { MetadataName: "ValueTask`1", TypeArguments: { Length: 1 } arguments }, Parameters: { Length: 1 } parameters } && SymbolEqualityComparer.Default.Equals(parameters[0].Type, arguments[0]);
}
