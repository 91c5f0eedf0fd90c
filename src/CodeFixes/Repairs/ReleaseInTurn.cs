using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Each turn of a loop is given a block, <c>while (reader.TryRead(out var block))</c>, <c>foreach (var block in Blocks())</c>:
/// each turn releases it in a <c>finally</c>.
/// </summary>
/// <param name="ofBranch">Of a test, <c>if (TryTake(out var block))</c>, whose branch alone has the block.</param>
internal sealed class ReleaseInTurn(bool ofBranch = false) : Repair
{
    public override string Name => ofBranch ? "InBranch" : "InTurn";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || (ofBranch ? InBranch(site) : Given(site)) is not var (name, type, body) || body.Statements.Count == 0)
        {
            yield break;
        }

        var list = StatementList.Of(body)!;
        var title = $"Release '{name}' in a finally block";
        var edits = new TryFinallyEdits(site, list, 0);
        var releases = site.Finding.PlacesOf(FixData.Release).Distinct().ToList();
        if (releases.Count > 0)
        {
            yield return releases.Count == 1 && ReleaseHeld.WholeOf(site, list, releases[0]) is { } release && list.IndexOf(release) is > 0 and var end && !list.UsesLater(0, end) && edits.Guard(end, reuse: true, null, []) ? Plan.Of(title, edits.Edits) : null;
            yield break;
        }

        var position = body.OpenBraceToken.Span.End;
        var unit = site.Layout.UnitAt(body);
        if (ReleaseText.Call(site, ReleaseTemplates.OfObject(site, position, type) ?? site.ReleaseTemplate, name, type, position, body) is { } call)
        {
            var lines = type.NullableAnnotation == NullableAnnotation.Annotated && !ofBranch ? ReleaseText.Guarded(site, name, type, call.Text, unit) : [call.Text + ";"];
            lines = site.Layout.Styled(call.NeedsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines, body);
            yield return edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, lines, []) ? Plan.Of(title, edits.Edits) : null;
        }
    }

    /// <summary>The variable that holds the block in the branch of a test, and that branch; nobody else names the variable.</summary>
    private static (string Name, ITypeSymbol Type, BlockSyntax Body)? InBranch(FixSite site)
    {
        var place = site.Finding.PlacesOf(FixData.Allocation).DefaultIfEmpty(site.Finding.Span).First();
        return site.NodeAt<InvocationExpressionSyntax>(place) is { } call && OwnedBlock.Dressed(call) is { Parent: IfStatementSyntax { Statement: BlockSyntax { Statements.Count: > 0 } body, Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } test } condition && test.Condition == condition
            && HeldPath.Of(site, call) is { Type: { } type } held && call.ArgumentList.Arguments.Any(argument => argument.Expression is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.ValueText: var name } } && name == held.Root.Name)
            && StatementList.Around(test.Parent is GlobalStatementSyntax ? test.Parent : test).First().Container.DescendantNodes().OfType<IdentifierNameSyntax>().All(name => name.Identifier.ValueText != held.Root.Name || body.Span.Contains(name.Span) && IsOnlyUsed(site, name, body))
            ? (held.Text, type, body) : null;
    }

    /// <summary>Behind the branch nobody has what the name stands for.</summary>
    private static bool IsOnlyUsed(FixSite site, IdentifierNameSyntax name, BlockSyntax body) => !GuardedRegion.IsPutAway(site, name, body)
        && OwnedBlock.Dressed(name).Parent is not (AssignmentExpressionSyntax or ArgumentSyntax { Parent: TupleExpressionSyntax or ArgumentListSyntax { Parent: BaseObjectCreationExpressionSyntax } } or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or InitializerExpressionSyntax);

    /// <summary>The variable that holds the block of a turn, and what each turn does.</summary>
    private static (string Name, ITypeSymbol Type, BlockSyntax Body)? Given(FixSite site)
    {
        var place = site.Finding.PlacesOf(FixData.Allocation).DefaultIfEmpty(site.Finding.Span).First();
        switch (site.Root.FindNode(place, getInnermostNodeForTie: true).FirstAncestorOrSelf<StatementSyntax>())
        {
            case ForEachStatementSyntax { Statement: BlockSyntax body } each when each.Type.Span == place && site.Model.GetDeclaredSymbol(each, site.CancellationToken) is ILocalSymbol local:
                return (each.Identifier.Text, site.Model.GetForEachStatementInfo(each).ElementType ?? local.Type, body);
            case WhileStatementSyntax { Statement: BlockSyntax body } loop when OwnedBlock.Bare(loop.Condition) is InvocationExpressionSyntax call && call.Span == place && HeldPath.Of(site, call) is { Type: { } type } held
                && call.ArgumentList.Arguments.Any(argument => argument.Expression is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.ValueText: var name } } && name == held.Root.Name):
                return (held.Text, type, body);
            default:
                return null;
        }
    }
}
