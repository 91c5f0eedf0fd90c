using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>
/// All that is offered for all that is reported in a file, the default and every alternative. Offers for different
/// members are tried together, and each by itself when anything is wrong then.
/// </summary>
internal static class Offers
{
    /// <summary>What is wrong with the offers of <paramref name="document"/>, one line and the edits each; empty when nothing is. The reports without any offer go into <paramref name="unrepaired"/>.</summary>
    public static async Task<List<string>> FaultsAsync(Document document, List<Diagnostic>? unrepaired = null)
    {
        var before = await Bench.CountsAndReportsAsync(document);
        var offers = new List<Offer>();
        foreach (var diagnostic in await Bench.LifetimeAsync(document.Project))
        {
            if (Bench.Fixes.FirstOrDefault(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)) is not { } fix)
            {
                continue;
            }

            var actions = await Applied.OffersAsync(document, diagnostic, fix);
            if (actions.Count == 0)
            {
                unrepaired?.Add(diagnostic);
            }

            foreach (var action in actions)
            {
                var after = await Applied.ApplyAsync(action);
                offers.Add(new Offer(diagnostic, action, action.EquivalenceKey == fix.DefaultKey, after.GetDocument(document.Id)!, await Edit.OfAsync(document, after)));
            }
        }

        var faults = new List<string>();
        foreach (var group in Edit.Groups(offers, offer => offer.CanBeTriedWithOthers ? offer.Edit : null))
        {
            if (group.Count > 1 && await HoldTogetherAsync(document, before.Reports, group))
            {
                continue;
            }

            foreach (var offer in group)
            {
                if (await WrongAsync(document, before.Counts, offer) is { Length: > 0 } wrong)
                {
                    var (text, edited) = (await document.GetTextAsync(), await offer.After.GetTextAsync());
                    faults.Add($"{offer.Action.EquivalenceKey}: {wrong}, line {offer.Diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}: {offer.Diagnostic.GetMessage()}\n{Difference(text, edited)}");
                }
            }
        }

        return faults;
    }

    /// <summary>What is wrong with one offer, tried by itself; empty when nothing is.</summary>
    private static async Task<string> WrongAsync(Document document, Dictionary<string, int> before, Offer offer)
    {
        var (counts, reports) = await Bench.CountsAndReportsAsync(offer.After);
        var (text, edited) = (await document.GetTextAsync(), await offer.After.GetTextAsync());
        var wrong = Bar.Faults(offer.Diagnostic.Id, before, counts, offer.IsDefault);
        if (wrong.Length > 0)
        {
            return wrong;
        }

        if (text.ContentEquals(edited))
        {
            return "does nothing";
        }

        return StaysAtItsPlace(offer, reports, [.. edited.GetTextChanges(text)]) ? offer.Diagnostic.Id + " stays at its place: a second application would change something" : string.Empty;
    }

    /// <summary>
    /// Whether the document with all offers of <paramref name="group"/> is right, member by member: in each the report is
    /// gone and nothing is new, and nothing is new anywhere else.
    /// </summary>
    private static async Task<bool> HoldTogetherAsync(Document document, IReadOnlyList<Diagnostic> before, List<Offer> group)
    {
        var changes = Edit.Together(group.Select(offer => offer.Edit!));
        var (_, after) = await Bench.CountsAndReportsAsync(document.WithText((await document.GetTextAsync()).WithChanges(changes)));
        var members = new List<TextSpan>();
        foreach (var offer in group)
        {
            var (here, there) = (offer.Edit!.Members, offer.Edit.Members.Select(member => Edit.Moved(member, changes)).ToArray());
            members.AddRange(here);
            var counts = Bench.Counts(before.Where(report => here.Any(member => member.Contains(report.Location.SourceSpan))));
            if (offer.Edit.Changes.IsEmpty
                || Bar.Faults(offer.Diagnostic.Id, counts, Bench.Counts(after.Where(report => there.Any(member => member.Contains(report.Location.SourceSpan)))), offer.IsDefault).Length > 0
                || StaysAtItsPlace(offer, after, changes))
            {
                return false;
            }
        }

        var moved = members.ConvertAll(member => Edit.Moved(member, changes));
        var elsewhere = Bench.Counts(before.Where(report => !members.Exists(member => member.Contains(report.Location.SourceSpan))));
        return Bar.Faults(null, elsewhere, Bench.Counts(after.Where(report => !moved.Exists(member => member.Contains(report.Location.SourceSpan)))), isDefault: true).Length == 0;
    }

    private static bool StaysAtItsPlace(Offer offer, IEnumerable<Diagnostic> reports, IReadOnlyCollection<TextChange> changes) =>
        reports.Any(report => report.Id == offer.Diagnostic.Id && report.Location.SourceSpan == Moved(offer.Diagnostic.Location.SourceSpan, changes));

    /// <summary>Where a span is after changes that leave it as it is; null when they touch it.</summary>
    private static TextSpan? Moved(TextSpan span, IEnumerable<TextChange> changes)
    {
        var shift = 0;
        foreach (var change in changes)
        {
            if (change.Span.Start >= span.End)
            {
                break;
            }

            if (change.Span.End > span.Start)
            {
                return null;
            }

            shift += change.NewText!.Length - change.Span.Length;
        }

        return new TextSpan(span.Start + shift, span.Length);
    }

    private static string Difference(SourceText before, SourceText after)
    {
        var text = new System.Text.StringBuilder();
        foreach (var change in after.GetTextChanges(before))
        {
            var from = before.Lines.GetLineFromPosition(change.Span.Start).LineNumber;
            text.Append("  @").Append(from + 1).Append(" -[").Append(before.ToString(change.Span)).Append("] +[").Append(change.NewText).AppendLine("]");
        }

        return text.ToString();
    }

    /// <summary>One offer for one report, and the document after it.</summary>
    private sealed record Offer(Diagnostic Diagnostic, CodeAction Action, bool IsDefault, Document After, Edit? Edit)
    {
        /// <summary>The report is in a member that the edit changes, so that it can be told there whether it is gone.</summary>
        public bool CanBeTriedWithOthers => Edit is not null && Edit.Members.Any(member => member.Contains(Diagnostic.Location.SourceSpan));
    }
}
