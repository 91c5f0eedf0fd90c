using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// The block goes into an object of the body that releases it, <c>var holder = new Holder(block);</c>, and not every path
/// disposes of the object: the object is declared with <c>using</c>.
/// </summary>
internal sealed class DisposeHolder : Repair
{
    public override string Name => "UsingHolder";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Language < LanguageVersion.CSharp8 || OwnedBlock.Find(site) is not { Owner: ILocalSymbol, Statement.Parent: BlockSyntax list } block)
        {
            yield break;
        }

        foreach (var declaration in list.Statements.OfType<LocalDeclarationStatementSyntax>().Where(statement => statement.SpanStart > block.Statement!.SpanStart && Holds(block, statement)))
        {
            if (site.Model.GetDeclaredSymbol(declaration.Declaration.Variables[0], site.CancellationToken) is not ILocalSymbol { Type: INamedTypeSymbol { TypeKind: TypeKind.Class } type } holder || !type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_IDisposable)
                || ReleasesOf(site, list, holder) is not { } releases || !site.Finding.PlacesOf(FixData.Release).All(place => releases.Exists(release => release.Span.Contains(place))))
            {
                continue;
            }

            var edits = new TextEdits();
            edits.Insert(declaration.SpanStart, "using ");
            StatementRemoval.Remove(site, edits, [.. releases]);
            yield return Plan.Of($"Declare '{holder.Name}' with 'using'", edits);
        }
    }

    /// <summary>An object is made of the block alone, and nothing else is declared there.</summary>
    private static bool Holds(OwnedBlock block, LocalDeclarationStatementSyntax statement) => statement is { UsingKeyword.RawKind: 0, Declaration.Variables: { Count: 1 } variables }
        && variables[0].Initializer?.Value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: var arguments } && arguments.Any(argument => block.References(argument.Expression).Any(name => name == OwnedBlock.Bare(argument.Expression)));

    /// <summary>The statements that dispose of the <paramref name="holder"/>; null when it is given away, or disposed of in another way.</summary>
    private static List<StatementSyntax>? ReleasesOf(FixSite site, BlockSyntax list, ILocalSymbol holder)
    {
        var releases = new List<StatementSyntax>();
        foreach (var name in list.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == holder.Name && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol, holder)))
        {
            switch (name.Parent)
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax release } }:
                    if (release.Ancestors().TakeWhile(node => node != list).Any(node => node is FinallyClauseSyntax or CatchClauseSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
                    {
                        return null;
                    }

                    releases.Add(release);
                    break;
                case MemberAccessExpressionSyntax access when access.Expression == name:
                    break;
                default:
                    return null;
            }
        }

        return releases;
    }
}
