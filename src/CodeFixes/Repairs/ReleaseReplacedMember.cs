using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A function gives a member of the structure that it is handed a new block, <c>table-&gt;Rows = rows;</c>: the one of before is released first.</summary>
internal sealed class ReleaseReplacedMember : Repair
{
    public override string Name => "ReleaseReplacedMember";

    /// <inheritdoc/>
    public override bool FitsWhereNoReleaseDoes => true;

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonMember || site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Body is not { } body)
        {
            yield break;
        }

        var path = site.Finding.Owner;
        var mentions = body.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(member => member.ToString() == path).ToList();
        var writes = mentions.Select(static member => member.Parent as AssignmentExpressionSyntax).Where(assignment => assignment is { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } && assignment.Left.ToString() == path).ToList();
        if (writes.Count != 1 || writes[0] is not { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement, Right: var value, Left: var target } || !site.Layout.StartsLine(statement.SpanStart) || !site.Layout.EndsLine(statement) || mentions.Exists(member => value.Span.Contains(member.Span) || IsAddressed(member))

            // From turn to turn the one of before may be somebody else's.
            || statement.Ancestors().TakeWhile(node => node != body).Any(static node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or TryStatementSyntax)
            || site.Model.GetTypeInfo(target, site.CancellationToken).Type is not { } type || ReleaseText.Call(site, site.ReleaseTemplate, path, type, statement.SpanStart, statement) is not { NeedsUnsafe: false } release)
        {
            yield break;
        }

        // The structure keeps what it has until there is a new block, which may be a copy of the old one.
        var lines = ReleaseText.Guarded(site, path, type, release.Text, site.Layout.UnitAt(statement));
        var edits = new TextEdits();
        if (value.DescendantNodesAndSelf().Any(static node => node is InvocationExpressionSyntax))
        {
            var name = NewName.Free(site, statement.SpanStart, "next");
            edits.Replace(target.Span, $"{LocalType.Of(site, value, type)} {name}");
            edits.Insert(site.Layout.NextLine(statement.Span.End), site.Layout.Indented([.. lines, $"{path} = {name};"], site.Layout.IndentAt(statement.SpanStart)));
            yield return Plan.Of($"Release '{path}' before it is overwritten", edits);
            yield break;
        }

        edits.Insert(site.Layout.LineStart(statement.SpanStart), site.Layout.Indented(site.Layout.SetApart(site.Layout.Styled(lines, statement)), site.Layout.IndentAt(statement.SpanStart)));
        yield return Plan.Of($"Release '{path}' before it is overwritten", edits);
    }

    /// <summary>An address in the block may be in use still when that is gone.</summary>
    private static bool IsAddressed(ExpressionSyntax member)
    {
        while (member.Parent is ElementAccessExpressionSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax && member.Parent.ChildNodes().First() == member)
        {
            member = (ExpressionSyntax)member.Parent;
        }

        return member.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression };
    }
}
