using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Declares with <c>using</c> what every round hands to the end of a connection, and drops the registration.</summary>
internal sealed class DisposeInIteration : Repair
{
    public override string Name => "DisposeInIteration";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        foreach (var span in site.Finding.PlacesOf(FixData.Escape))
        {
            if (site.Language < LanguageVersion.CSharp8 || !site.ReleaseTemplate.StartsWith("{0}.Dispose", StringComparison.Ordinal)
                || site.NodeAt<InvocationExpressionSyntax>(span) is not { Parent: ExpressionStatementSyntax { Parent: BlockSyntax around } registration } call
                || call.ArgumentList.Arguments.Count != 1 || call.ArgumentList.Arguments[0].Expression is not IdentifierNameSyntax registered
                || OwnedBlock.Find(site) is not { Statement: LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1, UsingKeyword.RawKind: 0 } declaration }
                || declaration.Parent != around || declaration.Declaration.Variables[0] is not { } variable || variable.Identifier.ValueText != registered.Identifier.ValueText || !site.Layout.StartsLine(registration.SpanStart))
            {
                continue;
            }

            var edits = new TextEdits();
            edits.Insert(declaration.SpanStart, "using ");
            edits.Delete(StatementRemoval.LinesOf(site, registration.Span));
            yield return Plan.Of($"Declare '{variable.Identifier.ValueText}' with 'using' instead of registering it", edits);
        }
    }
}
