using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Candidates;

/// <summary>The members and global statements of a tree, by their positions. Kept with the tree; immutable.</summary>
internal sealed class TreeMembers
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeMembers> Known = new();
    private readonly SyntaxNode[] _members;
    private readonly int[] _starts;

    private TreeMembers(SyntaxNode root)
    {
        // in the order of the text; none lies in another one
        _members = MemberSyntax.MembersOf(root).ToArray();
        _starts = Array.ConvertAll(_members, static member => member.FullSpan.Start);
    }

    /// <summary>The members of a tree; looked for once.</summary>
    public static TreeMembers Of(SyntaxTree tree, CancellationToken cancellationToken) =>
        Known.TryGetValue(tree, out var known) ? known : Known.GetValue(tree, _ => new TreeMembers(tree.GetRoot(cancellationToken)));

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<SyntaxNode> All => _members;

    /// <summary>The member that the code at a position belongs to; null outside of members.</summary>
    public SyntaxNode? Around(int position)
    {
        var index = Array.BinarySearch(_starts, position);
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && position < _members[index].FullSpan.End ? _members[index] : null;
    }
}
