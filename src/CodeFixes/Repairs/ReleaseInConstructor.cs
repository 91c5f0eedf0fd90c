using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A constructor puts a block into a field of its object, and what follows may throw: nobody gets the object then, so that
/// a <c>catch</c> around the rest of the constructor releases the block and throws again.
/// </summary>
internal sealed class ReleaseInConstructor : Repair
{
    public override string Name => "InConstructor";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonThrows || OwnedBlock.Find(site) is not { Owner: IFieldSymbol { IsStatic: false } field, IsWholeStatement: true, Statement: { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax } body } statement } block || StatementList.Of(body) is not { } list)
        {
            yield break;
        }

        var start = list.IndexOf(statement) + 1;
        var throwing = site.Finding.PlacesOf(FixData.Throwing).ToList();
        var last = Enumerable.Range(start, list.Statements.Count - start).Where(i => throwing.Exists(list.Statements[i].Span.Contains)).Select(i => (int?)i).LastOrDefault();
        if (last is null || site.Finding.PlacesOf(FixData.Release).Any(body.Span.Contains) || Enumerable.Range(start, list.Statements.Count - start).Any(i => HandsOut(site, list.Statements[i], field))
            || ReleaseText.Call(site, site.ReleaseTemplate, block.OwnerText, field.Type, statement.Span.End, body) is not { NeedsUnsafe: false } call)
        {
            yield break;
        }

        var edits = new TryFinallyEdits(site, list, start);
        yield return edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, [call.Text + ";", "throw;"], [], keyword: "catch") ? Plan.Of($"Release '{block.OwnerText}' and throw again when something throws", edits.Edits) : null;
    }

    /// <summary>Somebody else gets the object or the block, or the field gets another one.</summary>
    private static bool HandsOut(FixSite site, StatementSyntax statement, IFieldSymbol field) => statement.DescendantNodesAndSelf().Any(node => node switch
    {
        ThisExpressionSyntax => node.Parent is not MemberAccessExpressionSyntax,
        AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or ReturnStatementSyntax or TryStatementSyntax => true,
        SimpleNameSyntax name when name.Identifier.ValueText == field.Name && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol, field) =>
            OwnedBlock.Dressed(name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : name).Parent is ArgumentSyntax or AssignmentExpressionSyntax or EqualsValueClauseSyntax,
        _ => false,
    });
}
