using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Contexts;

/// <summary>
/// Finds the trees, and the places in them, where a name is written. The words of a tree are gathered once for as long as
/// the tree lives, so that an edit costs one file and not the project. Thread-safe.
/// </summary>
internal sealed class IdentifierIndex(Compilation compilation)
{
    /// <summary>So many places of one name are looked at; more is a name like <c>Add</c>, which tells nothing for its cost.</summary>
    private const int MaximumPlaces = 4000;

    private static readonly ConditionalWeakTable<SyntaxTree, HashSet<int>> s_wordsOfTree = new();

    /// <summary>The names at which <paramref name="name"/> is written, in code and not in comments. Lazy.</summary>
    /// <param name="name">The identifier.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public IEnumerable<SyntaxToken> PlacesOf(string name, CancellationToken cancellationToken)
    {
        int left = MaximumPlaces;
        foreach (SyntaxTree tree in TreesWith(name, cancellationToken))
        {
            SyntaxNode root = tree.GetRoot(cancellationToken);
            int hash = IdentifierScan.HashOf(name);
            var scan = new IdentifierScan(tree.GetText(cancellationToken));
            while (scan.MoveNext())
            {
                if (scan.Hash != hash || scan.Length != name.Length)
                {
                    continue;
                }

                if (--left < 0)
                {
                    yield break;
                }

                cancellationToken.ThrowIfCancellationRequested();
                SyntaxToken token = root.FindToken(scan.Start);
                if (token.ValueText == name && token.Span.Contains(scan.Start))
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
        int hash = IdentifierScan.HashOf(name);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Words(tree, cancellationToken).Contains(hash))
            {
                yield return tree;
            }
        }
    }

    private static HashSet<int> Words(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (s_wordsOfTree.TryGetValue(tree, out HashSet<int>? known))
        {
            return known;
        }

        SourceText text = tree.GetText(cancellationToken);
        var words = new HashSet<int>();
        var scan = new IdentifierScan(text);
        while (scan.MoveNext())
        {
            words.Add(scan.Hash);
        }

        return s_wordsOfTree.GetValue(tree, _ => words);
    }
}
