using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>What a repair would do: its title in the editor, and its edits.</summary>
internal sealed record Plan(string Title, ImmutableArray<TextChange> Changes)
{
    /// <summary>There is nothing left to do: an edit of another finding has repaired this one.</summary>
    public static readonly Plan Done = new(string.Empty, ImmutableArray<TextChange>.Empty);

    /// <summary>The plan of <paramref name="edits"/>; null when they contradict each other or there are none.</summary>
    public static Plan? Of(string title, TextEdits edits) => edits.ToChanges() is { } changes ? new Plan(title, changes) : null;
}
