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
        if (writes.Count != 1 || writes[0] is not { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement, Right: var value, Left: var target } || !site.Layout.StartsLine(statement.SpanStart) || mentions.Exists(member => value.Span.Contains(member.Span) || IsAddressed(member))

            // From turn to turn the one of before may be somebody else's.
            || statement.Ancestors().TakeWhile(node => node != body).Any(static node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or TryStatementSyntax)
            || site.Model.GetTypeInfo(target, site.CancellationToken).Type is not { } type || ReleaseText.Call(site, site.ReleaseTemplate, path, type, statement.SpanStart, statement) is not { NeedsUnsafe: false } release)
        {
            yield break;
        }

        // Where the value is asked for or the allocation fails, the structure keeps what it has: the release comes right before the write.
        var lines = ReleaseText.Guarded(site, path, type, release.Text, site.Layout.UnitAt(statement));
        if (value.DescendantNodesAndSelf().Any(static node => node is InvocationExpressionSyntax))
        {
            lines = ReleaseText.AndCleared(lines, ReleaseText.Clearing(site, path, type), site.Layout.UnitAt(statement));
        }

        var edits = new TextEdits();
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
