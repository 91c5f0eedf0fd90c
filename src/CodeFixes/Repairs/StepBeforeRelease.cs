using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
            || use.FirstAncestorOrSelf<ForStatementSyntax>() is not { Incrementors: { Count: 1 } steps, Statement: BlockSyntax { Statements.Count: > 0 } body }
            || !steps[0].Span.Contains(use.Span)
            || steps[0] is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax variable, Right: { } next }
            || next.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax)
            || Releases(site, body).FirstOrDefault() is not { } release
            || !site.Layout.StartsLine(release.SpanStart)
            || HasContinue(body, release)
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

        edits.Insert(site.Layout.LineStart(release.SpanStart), site.Layout.IndentAt(release.SpanStart) + $"{name} = {next};" + site.Layout.NewLine);
        edits.Replace(next.Span, name);
        yield return Plan.Of($"Read '{next}' before the release", edits);
    }

    /// <summary>The releases that stand in the body of the loop itself, so that every turn passes them.</summary>
    private static IEnumerable<StatementSyntax> Releases(FixSite site, BlockSyntax body) =>
        site.Finding.PlacesOf(FixData.Release).Select(span => site.NodeAt<ExpressionSyntax>(span)?.FirstAncestorOrSelf<StatementSyntax>()).Where(statement => statement?.Parent == body).Select(statement => statement!);

    /// <summary>A turn that ends before the release would step without having read.</summary>
    private static bool HasContinue(BlockSyntax body, StatementSyntax release) =>
        body.DescendantNodes().Any(node => node is ContinueStatementSyntax or GotoStatementSyntax && node.SpanStart < release.SpanStart);
}
