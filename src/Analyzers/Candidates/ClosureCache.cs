using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Candidates;

/// <summary>
/// Keeps the closure of the last version of a compilation with its trees: an editor makes a new compilation at every keystroke,
/// and the names of a program change at few of them. Lives as long as the trees do. Thread-safe.
/// </summary>
internal static class ClosureCache
{
    private static readonly ConditionalWeakTable<SyntaxTree, Last> Known = new();

    /// <summary>The closure of <paramref name="trees"/>: taken over from the version before when that is the same, made otherwise.</summary>
    public static NameClosure Of(ImmutableArray<SyntaxTree> trees, InterestingNames seeds, CancellationToken cancellationToken)
    {
        if (trees.IsEmpty)
        {
            return NameClosure.Of(trees, seeds, cancellationToken);
        }

        // one of the two is there when the other one has been edited
        var (first, last) = (Known.GetOrCreateValue(trees[0]), Known.GetOrCreateValue(trees[trees.Length - 1]));
        var closure = first.Closure?.Follow(trees, seeds, cancellationToken) ?? last.Closure?.Follow(trees, seeds, cancellationToken) ?? NameClosure.Of(trees, seeds, cancellationToken);
        first.Closure = closure;
        last.Closure = closure;
        return closure;
    }

    private sealed class Last
    {
        public volatile NameClosure? Closure;
    }
}
