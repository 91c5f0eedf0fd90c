using LifetimeAnalyzers.Candidates;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts;

/// <summary>Finds the trees, and the places in them, where a name is written. Thread-safe.</summary>
internal sealed class IdentifierIndex(Compilation compilation)
{
    /// <summary>So many places of one name are looked at; more is a name like <c>Add</c>, which tells nothing for its cost.</summary>
    private const int MaximumPlaces = 4000;

    /// <summary>The names at which <paramref name="name"/> is written, in code and not in comments. Lazy.</summary>
    /// <param name="name">The identifier.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public IEnumerable<SyntaxToken> PlacesOf(string name, CancellationToken cancellationToken)
    {
        int left = MaximumPlaces;
        var positions = new List<int>();
        foreach (SyntaxTree tree in TreesWith(name, cancellationToken))
        {
            positions.Clear();
            TreeWords.Of(tree, cancellationToken).AddPositions(name, WordShapes.Any, positions);
            SyntaxNode root = tree.GetRoot(cancellationToken);
            foreach (int position in positions)
            {
                if (--left < 0)
                {
                    yield break;
                }

                cancellationToken.ThrowIfCancellationRequested();
                SyntaxToken token = root.FindToken(position);
                if (token.ValueText == name && token.Span.Contains(position))
                {
                    yield return token;
                }
            }
        }
    }

    /// <summary>The trees in whose text <paramref name="name"/> occurs.</summary>
    /// <param name="name">The identifier.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public IEnumerable<SyntaxTree> TreesWith(string name, CancellationToken cancellationToken)
    {
        int hash = TreeWords.HashOf(name);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TreeWords.Of(tree, cancellationToken).Mentions(hash))
            {
                yield return tree;
            }
        }
    }
}
