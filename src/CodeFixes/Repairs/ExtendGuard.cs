using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// What a <c>using</c> or a <c>finally</c> has released is used after it: the statements up to the last use, and to the
/// last use of what they declare, go inside.
/// </summary>
internal sealed class ExtendGuard : Repair
{
    public override string Name => "Extend";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        var use = site.Root.FindNode(site.Finding.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<StatementSyntax>();
        foreach (var list in use is null ? [] : StatementList.Around(use.Parent is GlobalStatementSyntax ? use.Parent : use))
        {
            var last = list.IndexOf(use!);
            for (var i = last - 1; i >= 0; i--)
            {
                if (Body(site, list.Statements[i]) is { } body)
                {
                    yield return Extend(site, list, i, body, LastUse(site, list, i, last));
                }
            }
        }
    }

    /// <summary>The block that the release ends, when <paramref name="statement"/> is such a guard.</summary>
    private static BlockSyntax? Body(FixSite site, StatementSyntax statement) => statement switch
    {
        UsingStatementSyntax { Statement: BlockSyntax body } => body,
        TryStatementSyntax { Catches.Count: 0, Finally: { } clause } guard when site.Finding.PlacesOf(FixData.Release).Any(release => clause.Span.Contains(release)) => guard.Block,
        _ => null,
    };

    /// <summary>The last statement that has to go inside: none after it mentions what the ones before declare, or what is released.</summary>
    private static int LastUse(FixSite site, StatementList list, int guard, int last)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { site.Finding.Owner };
        for (var i = guard + 1; i < list.Statements.Count; i++)
        {
            if (i > last && !list.Statements[i].DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => names.Contains(name.Identifier.ValueText)))
            {
                continue;
            }

            last = Math.Max(last, i);
            for (var j = guard + 1; j <= last; j++)
            {
                names.UnionWith((list.Statements[j] as LocalDeclarationStatementSyntax)?.Declaration.Variables.Select(variable => variable.Identifier.ValueText) ?? []);
            }
        }

        return last;
    }

    private static Plan? Extend(FixSite site, StatementList list, int index, BlockSyntax body, int last)
    {
        var layout = site.Layout;
        var guard = list.Statements[index];
        var end = list.Statements[last];
        if (!layout.StartsLine(guard.SpanStart) || !layout.StartsLine(body.CloseBraceToken.SpanStart) || !layout.EndsLine(guard.Span.End)
            || Enumerable.Range(index + 1, last - index).Any(i => !layout.StartsLine(list.Statements[i].SpanStart) || list.Statements[i] is LocalFunctionStatementSyntax or LabeledStatementSyntax)
            || TextSpan.FromBounds(body.CloseBraceToken.SpanStart, end.FullSpan.End) is var moved && site.Root.DescendantTrivia(moved).Any(trivia => trivia.IsDirective))
        {
            return null;
        }

        var tail = TextSpan.FromBounds(layout.LineStart(body.CloseBraceToken.SpanStart), layout.NextLine(guard.Span.End));
        var stop = layout.NextLine(end.Span.End);
        var edits = new TextEdits();
        var text = site.Text.ToString(tail);
        edits.Delete(tail);
        layout.Indent(edits, TextSpan.FromBounds(tail.End, stop), layout.UnitAt(body));
        var isLastLine = stop == end.Span.End;
        edits.Insert(stop, isLastLine ? layout.NewLine + text.TrimEnd('\r', '\n') : text);
        return Plan.Of(guard is UsingStatementSyntax ? "Extend the using to the last use" : "Release after the last use: extend the try", edits);
    }
}
