using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Hands what is disposed of to the response, which disposes of it when the request ends.</summary>
internal sealed class RegisterForDispose : Repair
{
    public override string Name => "RegisterForDispose";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody
            || !site.ReleaseTemplate.StartsWith("{0}.Dispose", StringComparison.Ordinal)
            || OwnedBlock.Find(site) is not { Statement: LocalDeclarationStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } statement } block
            || !site.Layout.StartsLine(statement.SpanStart)
            || Response(site, statement.SpanStart) is not { } response
            || IsUsedByOthers(block, statement))
        {
            yield break;
        }

        var removed = new List<StatementSyntax>();
        foreach (var span in site.Finding.PlacesOf(FixData.Release))
        {
            if (ReleaseCall.At(site, block, span) is not { } release || release.Whole.Parent is BlockSyntax { Parent: FinallyClauseSyntax })
            {
                yield break;
            }

            removed.Add(release.Whole);
        }

        var edits = new TextEdits();
        StatementRemoval.Remove(site, edits, [.. removed]);
        edits.Insert(site.Layout.NextLine(statement.Span.End), site.Layout.IndentAt(statement.SpanStart) + $"{response}.RegisterForDispose({block.OwnerText});" + site.Layout.NewLine);
        yield return Plan.Of($"Dispose of '{block.OwnerText}' when the request ends (RegisterForDispose)", edits);
    }

    /// <summary>A function sees the owner, which may run when the request is over.</summary>
    private static bool IsUsedByOthers(OwnedBlock block, StatementSyntax statement) =>
        block.References(statement.Parent!).Any(name => name.Ancestors().TakeWhile(node => node != statement.Parent).Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    /// <summary>An expression for the response of the request at hand: from a local or parameter, or from the controller.</summary>
    private static string? Response(FixSite site, int position)
    {
        var symbols = site.Model.LookupSymbols(position)
            .Where(symbol => symbol is ILocalSymbol or IParameterSymbol or IPropertySymbol { IsStatic: false } or IFieldSymbol { IsStatic: false })
            .Where(symbol => symbol is not ILocalSymbol || symbol.Locations[0].SourceSpan.Start < position)
            .OrderBy(symbol => symbol is IPropertySymbol or IFieldSymbol)
            .ToList();
        return symbols.Find(symbol => TypeOf(symbol) == "Microsoft.AspNetCore.Http.HttpResponse")?.Name
            ?? (symbols.Find(symbol => TypeOf(symbol) == "Microsoft.AspNetCore.Http.HttpContext") is { } context ? context.Name + ".Response" : null);
    }

    private static string? TypeOf(ISymbol symbol) => (symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IPropertySymbol property => property.Type,
        IFieldSymbol member => member.Type,
        _ => null,
    })?.ToDisplayString();
}
