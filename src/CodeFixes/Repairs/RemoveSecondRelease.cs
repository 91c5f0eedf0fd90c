using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Removes one of two releases of the same block: the one that runs on fewer paths, so that the other still releases it
/// on all of them; the second one when they are equals.
/// </summary>
internal sealed class RemoveSecondRelease : Repair
{
    public override string Name => "Remove";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        // The first one may be out of sight: in a callee, or the same one in the turn before.
        var others = site.Finding.PlacesOf(FixData.Release).Where(span => !span.Equals(site.Finding.Span)).ToList();
        var isMoved = others.Exists(span => span.End < site.Finding.Span.Start && site.NodeAt<ExpressionSyntax>(span) is { } node && OwnedBlock.Bare(node) is InvocationExpressionSyntax { Parent: not ExpressionStatementSyntax } call && KeepOrDropResult.IsReallocation(site, call));
        if (site.Finding.Reason == FixData.ReasonGiven && site.NodeAt<SyntaxNode>(site.Finding.Span)?.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { AwaitKeyword.RawKind: 0, UsingKeyword: { RawKind: not 0 } keyword, Declaration.Variables: { Count: 1 } variables } declared && variables[0].Initializer is { Value: not BaseObjectCreationExpressionSyntax })
        {
            // Whoever has got it disposes of it.
            var edits = new TextEdits();
            edits.Delete(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(keyword.SpanStart, declared.Declaration.SpanStart));
            yield return Plan.Of($"Remove 'using' of '{variables[0].Identifier.Text}'", edits);
            yield break;
        }

        var first = isMoved ? null : others.Select(span => StatementAt(site, span)).FirstOrDefault(statement => statement is not null);
        var second = StatementAt(site, site.Finding.Span);
        if (first is null && second?.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" } } && OwnedBlock.Find(site)?.Owner is not ILocalSymbol { IsUsing: true }
            && (site.Finding.Reason != FixData.ReasonGiven || IsMadeHere(site, second)))
        {
            // What disposes of the object is not written there: without this call nobody who reads the code would see it.
            yield break;
        }

        // Not all that a function does: its other callers count on it.
        if ((first is null ? second : Redundant(first, second)) is { } redundant && !IsAllOf(redundant))
        {
            var edits = new TextEdits();
            StatementRemoval.Remove(site, edits, redundant);
            yield return Plan.Of($"Remove '{redundant.ToString().Split('\n')[0].Trim()}'", edits);
        }
    }

    /// <summary>The object is made in this body: who makes one is expected to dispose of it.</summary>
    private static bool IsMadeHere(FixSite site, ExpressionStatementSyntax release) =>
        release.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } } && site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
        && declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax };

    /// <summary>The statement that is the release and nothing else.</summary>
    private static ExpressionStatementSyntax? StatementAt(FixSite site, Microsoft.CodeAnalysis.Text.TextSpan span) =>
        site.NodeAt<ExpressionSyntax>(span)?.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax statement && statement.Expression.Span.Contains(span) && statement.Expression is not AssignmentExpressionSyntax && ReleasingHelper.IsRelease(site, statement)
            ? statement
            : null;

    private static StatementSyntax? Redundant(ExpressionStatementSyntax first, ExpressionStatementSyntax? second)
    {
        if (second is null)
        {
            // The second one is not a statement: the end of a using.
            return first;
        }

        if (IsInFinally(second) && !IsInFinally(first))
        {
            return first;
        }

        if (first.Parent is BlockSyntax { Parent: FinallyClauseSyntax { Parent: TryStatementSyntax guarded } } && guarded.Parent == ListOf(second))
        {
            // What runs whatever happens has come first.
            return second;
        }

        return IsOnFewerPaths(first, second) ? first : ListOf(first) == ListOf(second) || IsOnFewerPaths(second, first) ? second : null;
    }

    /// <summary>The statement is the whole body of a member or a function.</summary>
    private static bool IsAllOf(StatementSyntax statement) => statement.Parent is BlockSyntax { Statements.Count: 1, Parent: BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax };

    private static bool IsInFinally(StatementSyntax node) => node.FirstAncestorOrSelf<FinallyClauseSyntax>() is not null;

    private static SyntaxNode? ListOf(StatementSyntax statement) => statement.Parent is GlobalStatementSyntax global ? global.Parent : statement.Parent;

    /// <summary><paramref name="one"/> stands in a branch of the list in which <paramref name="other"/> stands.</summary>
    private static bool IsOnFewerPaths(StatementSyntax one, StatementSyntax other)
    {
        var home = other.Parent is GlobalStatementSyntax or LabeledStatementSyntax ? other.Parent.Parent : other.Parent;
        var list = one.Parent is GlobalStatementSyntax outer ? outer.Parent : one.Parent;
        return home is not null && list != home && one.Ancestors().Contains(home)
            && one.Ancestors().TakeWhile(node => node != home).Any(node => node is IfStatementSyntax or SwitchStatementSyntax or CatchClauseSyntax or WhileStatementSyntax or ForStatementSyntax or ForEachStatementSyntax or DoStatementSyntax or TryStatementSyntax);
    }
}
