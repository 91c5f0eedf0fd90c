using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A variable is given what is made of the block in it, <c>image = image.Scale(2)</c>: the one of before is released as soon as the new one is there.</summary>
internal sealed class ReleaseReplaced : Repair
{
    public override string Name => "ReleaseReplaced";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason is not (FixData.ReasonPath or FixData.ReasonOverwritten or FixData.ReasonIteration or FixData.ReasonNever) || OwnedBlock.Find(site) is not { Owner: ILocalSymbol { IsRef: false, IsUsing: false } owner, Declaration: { } declaration } block || declaration.FirstAncestorOrSelf<BlockSyntax>() is not { } body)
        {
            yield break;
        }

        foreach (var statement in body.DescendantNodes().OfType<ExpressionStatementSyntax>())
        {
            if (statement.Expression is AssignmentExpressionSyntax made && made.Kind() is not (SyntaxKind.SimpleAssignmentExpression or SyntaxKind.CoalesceAssignmentExpression))
            {
                yield return ReleaseOld(block, owner, statement, made);
                continue;
            }

            var isEmbedded = EmbeddedStatement.Is(statement);
            if (statement is not { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment } || !(statement.Parent is BlockSyntax or SwitchSectionSyntax && site.Layout.StartsLine(statement.SpanStart) || isEmbedded)
                || OwnedBlock.Bare(assignment.Right) is not (InvocationExpressionSyntax or BinaryExpressionSyntax { RawKind: not (int)SyntaxKind.CoalesceExpression }) || OwnedBlock.Bare(assignment.Right) is var call && call is InvocationExpressionSyntax renewing && KeepOrDropResult.IsReallocation(site, renewing) || !block.References(assignment.Left).Contains(assignment.Left) || !block.References(call).Any()
                || ReleaseText.Call(site, site.ReleaseTemplate, block.OwnerText, owner.Type, statement.SpanStart, statement) is not { NeedsUnsafe: false } release)
            {
                continue;
            }

            var name = NewName.Free(site, statement.SpanStart, "next");
            var type = LocalType.Of(site, assignment.Right, owner.Type);
            var edits = new TextEdits();
            if (isEmbedded)
            {
                yield return EmbeddedStatement.Replace(site, edits, statement, [$"{type} {name} = {assignment.Right};", release.Text + ";", $"{block.OwnerText} = {name};"]) ? Plan.Of($"Release '{block.OwnerText}' before it is replaced", edits) : null;
                continue;
            }

            var between = site.Layout.NewLine + site.Layout.IndentAt(statement.SpanStart);
            edits.Replace(assignment.Left.Span, $"{type} {name}");
            edits.Insert(statement.Span.End, $"{between}{release.Text};{between}{block.OwnerText} = {name};");
            yield return Plan.Of($"Release '{block.OwnerText}' before it is replaced", edits);
        }
    }

    /// <summary><c>sum += next</c>: a local keeps the old one until the new one is there.</summary>
    private static Plan? ReleaseOld(OwnedBlock block, ILocalSymbol owner, ExpressionStatementSyntax statement, AssignmentExpressionSyntax assignment)
    {
        var site = block.Site;
        var name = NewName.Free(site, statement.SpanStart, "old");
        if (statement.Parent is not (BlockSyntax or SwitchSectionSyntax) || !owner.Type.IsReferenceType || !site.Layout.StartsLine(statement.SpanStart) || !site.Layout.EndsLine(statement) || !block.References(assignment.Left).Contains(assignment.Left)
            || ReleaseText.Call(site, site.ReleaseTemplate, name, owner.Type, statement.SpanStart, statement) is not { NeedsUnsafe: false } release)
        {
            return null;
        }

        var indent = site.Layout.IndentAt(statement.SpanStart);
        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(statement.SpanStart), $"{indent}{LocalType.Of(site, owner.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), statement.SpanStart)} {name} = {assignment.Left};{site.Layout.NewLine}");
        edits.Insert(site.Layout.NextLine(statement.Span.End), $"{indent}{release.Text};{site.Layout.NewLine}");
        return Plan.Of($"Release '{block.OwnerText}' when it is replaced", edits);
    }
}
