using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Two blocks are made in the same way, one is released twice and the other never, <c>Free(a); Free(a);</c>: the second release is of the other.</summary>
internal sealed class ReleaseNeighbour : Repair
{
    public override string Name => "ReleaseNeighbour";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        var releases = site.Finding.PlacesOf(FixData.Release).Where(span => span != site.Finding.Span).ToList();
        if (releases.Count != 1 || Released(site, releases[0]) is not var (first, name) || Released(site, site.Finding.Span) is not var (second, again) || first.Parent != second.Parent || first == second || !SyntaxFactory.AreEquivalent(first, second)
            || first.Parent is not BlockSyntax list || MakingOf(site, name) is not { Parent: BlockSyntax home } making)
        {
            yield break;
        }

        // The one that is made by the same function and of which there is no release.
        var others = home.Statements.OfType<LocalDeclarationStatementSyntax>().Where(statement => statement != making && statement.UsingKeyword.RawKind == 0 && statement.Span.End < second.SpanStart && IsMadeLike(statement, making)).Select(statement => statement.Declaration.Variables[0].Identifier.ValueText)
            .Where(other => !home.DescendantNodes().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.ValueText == other && IsDoneWith(site, used))).ToList();
        if (others.Count == 1 && (home == list || home.Span.Contains(list.Span)))
        {
            var edits = new TextEdits();
            edits.Replace(again.Span, others[0]);
            yield return Plan.Of($"Release '{others[0]}' instead of '{again}' once more", edits);
        }
    }

    private static (ExpressionStatementSyntax Statement, IdentifierNameSyntax Name)? Released(FixSite site, TextSpan span) =>
        site.NodeAt<ExpressionSyntax>(span)?.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } statement && call.Span.Contains(span)
            ? call switch
            {
                { ArgumentList.Arguments: { Count: > 0 } arguments } when OwnedBlock.Bare(arguments[0].Expression) is IdentifierNameSyntax name => (statement, name),
                { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } } => (statement, name),
                _ => null,
            }
            : null;

    private static LocalDeclarationStatementSyntax? MakingOf(FixSite site, IdentifierNameSyntax name) =>
        site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared } && declared[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer: not null, Parent.Parent: LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } statement } ? statement : null;

    private static bool IsMadeLike(LocalDeclarationStatementSyntax one, LocalDeclarationStatementSyntax other) =>
        one.Declaration.Variables is { Count: 1 } variables && variables[0].Initializer?.Value is { } value && other.Declaration.Variables[0].Initializer?.Value is { } like && one.Declaration.Type.ToString() == other.Declaration.Type.ToString()
        && (OwnedBlock.Bare(value), OwnedBlock.Bare(like)) switch
        {
            (InvocationExpressionSyntax call, InvocationExpressionSyntax same) => call.Expression.ToString() == same.Expression.ToString(),
            (BaseObjectCreationExpressionSyntax made, BaseObjectCreationExpressionSyntax same) => made.RawKind == same.RawKind && (made as ObjectCreationExpressionSyntax)?.Type.ToString() == (same as ObjectCreationExpressionSyntax)?.Type.ToString(),
            _ => false,
        };

    /// <summary>It is released, returned, stored, or given to an object that keeps it.</summary>
    private static bool IsDoneWith(FixSite site, IdentifierNameSyntax used) => OwnedBlock.Dressed(used).Parent switch
    {
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } } => ReleasingHelper.IsRelease(site, statement) && OwnPair.IsReleaseName(ReleaseCall.NameOf((InvocationExpressionSyntax)statement.Expression) ?? string.Empty),
        ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax } or AssignmentExpressionSyntax or ReturnStatementSyntax or EqualsValueClauseSyntax => true,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: var called } => OwnPair.IsReleaseName(called),
        _ => false,
    };
}
