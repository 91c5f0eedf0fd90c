using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Reads what is needed out of the block before its release instead of after it: <c>Free(head); head = head-&gt;Next;</c>
/// walks a list over nodes that are gone.
/// </summary>
internal sealed class TakeBeforeRelease : Repair
{
    public override string Name => "TakeBefore";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        var releases = site.Finding.PlacesOf(FixData.Release).ToList();
        if (releases.Count != 1
            || site.NodeAt<ExpressionSyntax>(releases[0])?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax release
            || site.NodeAt<ExpressionSyntax>(site.Finding.Span) is not { } use
            || Value(use) is not { } value
            || value.FirstAncestorOrSelf<StatementSyntax>() is not { } reader
            || StatementList.Around(release.Parent is GlobalStatementSyntax ? release.Parent : release).FirstOrDefault() is not { } list
            || list.IndexOf(release) is not (>= 0 and var index) || index + 1 >= list.Statements.Count || list.Statements[index + 1] != reader
            || !site.Layout.StartsLine(release.SpanStart)
            || site.Model.GetTypeInfo(value) is not { Type: { } natural, ConvertedType: { } converted })
        {
            yield break;
        }

        var name = NewName.Free(site, release.SpanStart, "next");
        var type = SymbolEqualityComparer.Default.Equals(natural, converted) ? "var" : converted.ToMinimalDisplayString(site.Model, value.SpanStart);
        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(release.SpanStart), site.Layout.IndentAt(release.SpanStart) + $"{type} {name} = {value};" + site.Layout.NewLine);
        edits.Replace(value.Span, name);
        yield return Plan.Of($"Read '{value}' before the release", edits);
    }

    /// <summary>The whole right side that the use stands in; nothing else in the statement is evaluated before it.</summary>
    private static ExpressionSyntax? Value(ExpressionSyntax use)
    {
        var inner = use.AncestorsAndSelf().OfType<ExpressionSyntax>().TakeWhile(node => node is not AssignmentExpressionSyntax).LastOrDefault();
        return inner?.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax, Parent: ExpressionStatementSyntax } assignment && assignment.Right == inner
            && inner.DescendantNodesAndSelf().All(node => node is not (InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax))
            ? inner
            : null;
    }
}
