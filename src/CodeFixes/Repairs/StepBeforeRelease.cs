using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// <c>for (n = head; n != null; n = n-&gt;Next) Free(n);</c> steps over nodes that are gone: the loop takes the next one
/// before it releases this one, and steps to what it took.
/// </summary>
internal sealed class StepBeforeRelease : Repair
{
    public override string Name => "StepBefore";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.NodeAt<ExpressionSyntax>(site.Finding.Span) is not { } use
            || use.FirstAncestorOrSelf<ForStatementSyntax>() is not { Incrementors: { Count: 1 } steps, Statement: { } body }
            || !steps[0].Span.Contains(use.Span)
            || steps[0] is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax variable, Right: { } next }
            || next.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax)
            || Releases(site, body).FirstOrDefault() is not { } release
            || !site.Layout.StartsLine(release.SpanStart)
            || PlaceOf(body, release, next) is not { } place
            || !site.Layout.StartsLine(place.SpanStart)
            || site.Model.GetTypeInfo(variable, site.CancellationToken).Type is not { } type)
        {
            yield break;
        }

        var name = NewName.Free(site, release.SpanStart, "next");
        var declared = body.FirstAncestorOrSelf<ForStatementSyntax>()!.Declaration;
        var edits = new TextEdits();
        if (declared is { Variables: { } variables } && !declared.Type.IsVar && SymbolEqualityComparer.Default.Equals(site.Model.GetTypeInfo(declared.Type, site.CancellationToken).Type, type))
        {
            edits.Insert(variables.Last().Span.End, ", " + name);
        }
        else if (body.Parent!.Parent is BlockSyntax && site.Layout.StartsLine(body.Parent.SpanStart))
        {
            edits.Insert(site.Layout.LineStart(body.Parent.SpanStart), site.Layout.IndentAt(body.Parent.SpanStart) + type.ToMinimalDisplayString(site.Model, release.SpanStart) + " " + name + ";" + site.Layout.NewLine);
        }
        else
        {
            yield break;
        }

        edits.Replace(next.Span, name);
        var reading = site.Layout.IndentAt(place.SpanStart) + $"{name} = {next};" + site.Layout.NewLine;
        if (body is BlockSyntax)
        {
            edits.Insert(site.Layout.LineStart(place.SpanStart), reading);
        }
        else
        {
            // A body without braces gets them.
            var (outer, before) = (site.Layout.IndentAt(body.Parent!.SpanStart), body.GetFirstToken().GetPreviousToken());
            edits.Replace(TextSpan.FromBounds(before.Span.End, body.SpanStart), (site.Layout.BraceEndsLine(body) ? " {" : site.Layout.NewLine + outer + "{") + site.Layout.NewLine + reading + site.Layout.IndentAt(body.SpanStart));
            edits.Insert(body.Span.End, site.Layout.NewLine + outer + "}");
        }

        yield return Plan.Of($"Read '{next}' before the release", edits);
    }

    /// <summary>The releases that stand in the body of the loop itself, so that every turn passes them, or leaves before.</summary>
    private static IEnumerable<StatementSyntax> Releases(FixSite site, StatementSyntax body) =>
        site.Finding.PlacesOf(FixData.Release).Select(span => site.NodeAt<ExpressionSyntax>(span)?.FirstAncestorOrSelf<StatementSyntax>()).Where(statement => statement == body || statement?.Parent == body).Select(statement => statement!);

    /// <summary>The statement before which the next one is read: the release, or, where a turn may end before that, the first of the body, when nothing relinks in between.</summary>
    private static StatementSyntax? PlaceOf(StatementSyntax body, StatementSyntax release, ExpressionSyntax next)
    {
        if (body is not BlockSyntax list)
        {
            return body.GetFirstToken().GetPreviousToken().TrailingTrivia.Concat(body.GetLeadingTrivia()).All(trivia => string.IsNullOrWhiteSpace(trivia.ToString())) ? body : null;
        }

        var before = list.DescendantNodes().Where(node => node.SpanStart < release.SpanStart).ToList();
        if (!before.Exists(static node => node is ContinueStatementSyntax or GotoStatementSyntax))
        {
            return release;
        }

        var member = (next as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;
        return before.Exists(node => node is GotoStatementSyntax || node is AssignmentExpressionSyntax assignment && (assignment.Left as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText == member) ? null : list.Statements[0];
    }
}
