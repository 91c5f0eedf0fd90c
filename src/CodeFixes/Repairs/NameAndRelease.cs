using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Gives a block that is allocated inside a larger expression a name, and releases it in a <c>finally</c>.</summary>
internal sealed class NameAndRelease : Repair
{
    public override string Name => "NameAndRelease";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || OwnedBlock.Find(site) is not { Owner: null, Statement: ExpressionStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } or ReturnStatementSyntax } block || !IsPassedOn(block) || !IsFirst(block, block.Statement!))
        {
            yield break;
        }

        var statement = block.Statement!;
        var type = site.Model.GetTypeInfo(block.Allocation).Type;
        var name = NewName.For(site, statement.SpanStart, type);
        var unit = site.Layout.UnitAt(statement);
        if (StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).FirstOrDefault() is not { } list
            || list.IndexOf(statement) is var index && (index < 0 || list.Statements[index] != statement)
            || ReleaseText.Call(site, site.ReleaseTemplate, name, type, statement.SpanStart, list.Container) is not { } release)
        {
            yield break;
        }

        var edits = new TryFinallyEdits(site, list, index);
        edits.Edits.Replace(block.Allocation.Span, name);
        var lines = release.NeedsUnsafe ? new[] { "unsafe", "{", unit + release.Text + ";", "}" } : [release.Text + ";"];
        var end = statement is LocalDeclarationStatementSyntax ? list.CountWithoutTrailingFunctions() : index + 1;
        if (edits.Guard(end, reuse: false, lines, [$"var {name} = {block.Allocation};"]))
        {
            yield return Plan.Of($"Name the block and release it in a finally block", edits.Edits);
        }
    }

    /// <summary>The block is an argument or a receiver, and not stored anywhere.</summary>
    public static bool IsPassedOn(OwnedBlock block) => OwnedBlock.Dressed(block.Allocation).Parent is MemberAccessExpressionSyntax or ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax };

    /// <summary>Nothing in <paramref name="whole"/> that does something is evaluated before the allocation, and the allocation always is.</summary>
    public static bool IsFirst(OwnedBlock block, Microsoft.CodeAnalysis.SyntaxNode whole)
    {
        for (Microsoft.CodeAnalysis.SyntaxNode node = block.Allocation; node != whole; node = node.Parent!)
        {
            if (node.Parent is ConditionalExpressionSyntax or SwitchExpressionArmSyntax or AnonymousFunctionExpressionSyntax or ConditionalAccessExpressionSyntax
                || (node.Parent is BinaryExpressionSyntax binary && binary.Right == node && binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression))
            {
                return false;
            }
        }

        return !whole.DescendantNodes().Any(node => node.Span.End <= block.Allocation.SpanStart
            && node is InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or ObjectCreationExpressionSyntax or PostfixUnaryExpressionSyntax);
    }
}
