using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Flow;

/// <summary>
/// Tells which bodies can have to do with a block at all, by the names in the text: those that allocate or release, and
/// those of the methods that mention one of those. A body without such a name is never bound. Thread-safe.
/// </summary>
internal sealed class CandidateIndex
{
    private readonly Lazy<HashSet<string>> _names;
    private readonly ConditionalWeakTable<SyntaxTree, TreeHits> _hits = new();

    public CandidateIndex(Compilation compilation, Func<IReadOnlyCollection<string>> interestingNames, CancellationToken cancellationToken)
    {
        _names = new Lazy<HashSet<string>>(() => Close(compilation, interestingNames(), cancellationToken), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Whether the code at <paramref name="body"/> mentions a name that matters.</summary>
    public bool IsCandidate(SyntaxNode body, CancellationToken cancellationToken) => IsCandidate(body.SyntaxTree, body.Span, cancellationToken);

    /// <summary>Whether the code in the span mentions a name that matters.</summary>
    public bool IsCandidate(SyntaxTree tree, TextSpan span, CancellationToken cancellationToken) =>
        _hits.GetValue(tree, _ => new TreeHits(TreeWords.Of(tree, cancellationToken).PositionsOf(_names.Value))).AnyIn(span);

    /// <summary>Whether a type is one that takes a block when it is made: all its members may have to do with it.</summary>
    public bool IsOwner(INamedTypeSymbol? type) => type is not null && _names.Value.Contains(type.Name);

    /// <summary>Where a tree mentions the names that matter.</summary>
    private sealed class TreeHits(List<int> positions)
    {
        public bool AnyIn(TextSpan span)
        {
            var first = positions.BinarySearch(span.Start);
            first = first < 0 ? ~first : first;
            return first < positions.Count && positions[first] < span.End;
        }
    }

    /// <summary>Adds the names of the methods that hand out or take over what one of the names gives or releases, until there are no more.</summary>
    private static HashSet<string> Close(Compilation compilation, IReadOnlyCollection<string> seeds, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(seeds, StringComparer.Ordinal);
        var fresh = new HashSet<string>(seeds, StringComparer.Ordinal);
        for (var isDirect = true; fresh.Count > 0; isDirect = false)
        {
            var next = new HashSet<string>(StringComparer.Ordinal);
            foreach (var tree in compilation.SyntaxTrees)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var words = TreeWords.Of(tree, cancellationToken);
                if (!words.MentionsAny(fresh))
                {
                    continue;
                }

                var root = tree.GetRoot(cancellationToken);
                foreach (var position in words.PositionsOf(fresh))
                {
                    if (CarryingSignature.NameAt(root, position, names, isDirect) is { } name && !names.Contains(name))
                    {
                        next.Add(name);
                    }
                }
            }

            names.UnionWith(next);
            fresh = next;
        }

        return names;
    }
}
