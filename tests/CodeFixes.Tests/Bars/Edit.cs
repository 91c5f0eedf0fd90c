using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Bars;

/// <summary>
/// What a fix changes in a document. Fixes of different members do not meet, so they are tried together: the document is
/// compiled and analysed once for all of them.
/// </summary>
internal sealed record Edit(ImmutableArray<TextChange> Changes, ImmutableArray<TextSpan> Members)
{
    /// <summary>The edit that leads from <paramref name="before"/> to <paramref name="after"/>; null when it is not confined to members of that document.</summary>
    public static async Task<Edit?> OfAsync(Document before, Solution after)
    {
        var changed = after.GetChanges(before.Project.Solution).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()).ToList();
        if (changed.Count != 1 || changed[0] != before.Id)
        {
            return null;
        }

        var root = (await before.GetSyntaxRootAsync())!;
        var changes = (await after.GetDocument(before.Id)!.GetTextAsync()).GetTextChanges(await before.GetTextAsync());
        var members = new HashSet<TextSpan>();
        foreach (var change in changes)
        {
            if (root.FindNode(change.Span).FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not BaseNamespaceDeclarationSyntax and not GlobalStatementSyntax) is { } member)
            {
                members.Add(member.FullSpan);
            }
            else if (!IsUsing(change))
            {
                return null;
            }
        }

        return new Edit([.. changes], [.. members]);
    }

    /// <summary>Puts <paramref name="edits"/> into groups that do not meet, in their order.</summary>
    public static List<List<T>> Groups<T>(IEnumerable<T> edits, Func<T, Edit?> editOf)
    {
        var groups = new List<List<T>>();
        foreach (var edit in edits)
        {
            var home = editOf(edit) is { } one ? groups.Find(group => group.TrueForAll(other => editOf(other) is { } two && !one.Meets(two))) : null;
            if (home is null)
            {
                groups.Add(home = []);
            }

            home.Add(edit);
        }

        return groups;
    }

    /// <summary>All changes of <paramref name="edits"/> that do not meet, in the order of the text.</summary>
    public static ImmutableArray<TextChange> Together(IEnumerable<Edit> edits) => [.. edits.SelectMany(edit => edit.Changes).Distinct().OrderBy(change => change.Span.Start).ThenBy(change => change.Span.End)];

    /// <summary>Where a member is after <paramref name="changes"/>.</summary>
    public static TextSpan Moved(TextSpan member, ImmutableArray<TextChange> changes)
    {
        static int Growth(TextChange change) => change.NewText!.Length - change.Span.Length;
        var start = member.Start + changes.Where(change => change.Span.End <= member.Start && change.Span.Start < member.Start).Sum(Growth);
        var end = member.End + changes.Where(change => change.Span.Start < member.End).Sum(Growth);
        return TextSpan.FromBounds(start, end);
    }

    /// <summary>The edits change the same member, or one changes what is around the other, or both write at one place.</summary>
    public bool Meets(Edit other) =>
        Members.Any(member => other.Members.Any(second => second.OverlapsWith(member)))
        || Changes.Any(change => other.Changes.Any(second => second.Span.IntersectsWith(change.Span) && !second.Equals(change)));

    private static bool IsUsing(TextChange change) => change.Span.IsEmpty && change.NewText!.TrimStart().StartsWith("using ", StringComparison.Ordinal);
}
