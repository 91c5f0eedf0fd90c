using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>One of two blocks is chosen and only that one is released, <c>Free(first ? a : b)</c>: both are released there.</summary>
internal sealed class ReleaseEach : Repair
{
    public override string Name => "ReleaseEach";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        var releases = site.Finding.PlacesOf(FixData.Release).Distinct().ToList();
        if (site.Finding.Reason != FixData.ReasonPath || site.Finding.LeavesBody || releases.Count != 1 || OwnedBlock.Find(site) is not { Owner: ILocalSymbol owner }
            || site.NodeAt<ExpressionSyntax>(releases[0]) is not { } node || OwnedBlock.Bare(node) is not InvocationExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement } call
            || !site.Layout.StartsLine(statement.SpanStart)
            || call.ArgumentList.Arguments.Select(argument => argument.Expression).FirstOrDefault(argument => ChosenFrom(site, argument, owner).Count > 1) is not { } chosen)
        {
            yield break;
        }

        var text = statement.ToString();
        var at = chosen.SpanStart - statement.SpanStart;
        var lines = ChosenFrom(site, chosen, owner).Select(name => text.Substring(0, at) + name + text.Substring(at + chosen.Span.Length));
        var edits = new TextEdits();
        edits.Replace(statement.Span, string.Join(site.Layout.NewLine + site.Layout.IndentAt(statement.SpanStart), lines));
        yield return Plan.Of("Release each of them", edits);
    }

    /// <summary>The variables of which <paramref name="value"/> is one, the owner among them; each once.</summary>
    private static IReadOnlyList<string> ChosenFrom(FixSite site, ExpressionSyntax value, ILocalSymbol owner)
    {
        var choice = OwnedBlock.Bare(value);
        if (choice is IdentifierNameSyntax name && site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations } && declarations[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initializer })
        {
            choice = OwnedBlock.Bare(initializer);
        }

        var candidates = choice switch
        {
            ConditionalExpressionSyntax conditional => [conditional.WhenTrue, conditional.WhenFalse],
            InvocationExpressionSyntax call => call.ArgumentList.Arguments.Where(argument => argument.RefKindKeyword.RawKind == 0).Select(argument => argument.Expression),
            _ => Enumerable.Empty<ExpressionSyntax>(),
        };
        var names = candidates.Select(OwnedBlock.Bare).OfType<IdentifierNameSyntax>().Where(name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol local && SymbolEqualityComparer.Default.Equals(local.Type, owner.Type)).Select(name => name.Identifier.Text).Distinct().ToList();
        return names.Contains(owner.Name) ? names : [];
    }
}
