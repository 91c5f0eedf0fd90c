using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>What a repair would do: its title in the editor, and its edits.</summary>
internal sealed record Plan(string Title, ImmutableArray<TextChange> Changes)
{
    /// <summary>What has to change in another file at the same time: the other part of a partial type.</summary>
    public (SyntaxTree Tree, ImmutableArray<TextChange> Changes)? Elsewhere { get; init; }

    /// <summary>It is half of a repair even where the report stays as it is.</summary>
    public bool IsFirstStep { get; init; }

    /// <summary>It repairs one of the ways on which the block is lost: there may be others.</summary>
    public bool IsOnePath { get; init; }

    /// <summary>Nothing is left to be changed.</summary>
    public bool IsDone => Changes.IsEmpty && Elsewhere is null;

    /// <summary>There is nothing left to do: an edit of another finding has repaired this one.</summary>
    public static readonly Plan Done = new(string.Empty, ImmutableArray<TextChange>.Empty);

    /// <summary>Whether <paramref name="other"/> writes the same.</summary>
    public bool IsSameAs(Plan other) => Changes.SequenceEqual(other.Changes)
        && (Elsewhere is { } one ? other.Elsewhere is { } two && one.Tree == two.Tree && one.Changes.SequenceEqual(two.Changes) : other.Elsewhere is null);

    /// <summary>Both plans as one: <paramref name="second"/> is for the text that <paramref name="first"/> makes of <paramref name="original"/>.</summary>
    public static Plan Of(Plan first, Plan second, SourceText between, SourceText original)
    {
        var isOnEach = first.IsOnePath && second.IsOnePath;
        var title = isOnEach ? first.Title.Replace("before the exit", "before each exit") : $"{first.Title}; {char.ToLowerInvariant(second.Title[0])}{second.Title.Substring(1)}";
        return new(title, between.WithChanges(second.Changes).GetTextChanges(original).ToImmutableArray()) { IsOnePath = isOnEach };
    }

    /// <summary>The plan of <paramref name="edits"/>; null when they contradict each other or there are none.</summary>
    public static Plan? Of(string title, TextEdits edits) => edits.ToChanges() is { } changes ? new Plan(title, changes) : null;

    /// <summary>The plan of edits in the file of the finding, of which there may be none, and of others in <paramref name="tree"/>.</summary>
    public static Plan? Of(string title, TextEdits edits, SyntaxTree tree, TextEdits elsewhere)
    {
        var own = edits.IsEmpty ? ImmutableArray<TextChange>.Empty : edits.ToChanges();
        return own is { } changes && elsewhere.ToChanges() is { } others ? new Plan(title, changes) { Elsewhere = (tree, others) } : null;
    }
}
