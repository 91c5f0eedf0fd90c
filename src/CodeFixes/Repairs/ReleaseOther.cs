using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Of two variables that change places one block is released twice and the other never: the last release takes the
/// variable that nobody releases. Which one that is, the analysis of the result says.
/// </summary>
internal sealed class ReleaseOther : Repair
{
    /// <summary>So many exchanges are tried.</summary>
    private const int MostTried = 6;

    public override string Name => "ReleaseOther";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonNever || site.Finding.LeavesBody || site.Finding.PlacesOf(FixData.Release).Any()
            || OwnedBlock.Find(site) is not { Owner: ILocalSymbol owner, Statement: { } statement } block || StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).LastOrDefault() is not { } body || !ChangesPlaces(site, block, body, statement))
        {
            return [];
        }

        var method = MethodOf(site.ReleaseTemplate);
        var released = body.Statements.OfType<ExpressionStatementSyntax>().Where(after => after.SpanStart > statement.SpanStart)
            .Select(after => after.Expression as InvocationExpressionSyntax).Where(call => call?.ArgumentList.Arguments.Count == 1 && NameOf(call) == method)
            .Select(call => OwnedBlock.Bare(call!.ArgumentList.Arguments[0].Expression) as IdentifierNameSyntax).Where(name => name is not null && LocalOf(site, name) is { } local && SymbolEqualityComparer.Default.Equals(local.Type, owner.Type)).Select(name => name!).ToList();
        if (released.Count < 2)
        {
            return [];
        }

        var unreleased = body.Statements.OfType<LocalDeclarationStatementSyntax>().Where(declaration => declaration.SpanStart < released[0].SpanStart).SelectMany(declaration => declaration.Declaration.Variables)
            .Select(variable => variable.Identifier.ValueText).Where(name => !released.Exists(other => other.Identifier.ValueText == name)).ToList();
        return released.AsEnumerable().Reverse().SelectMany(name => unreleased.Select(other => Instead(name, other))).Take(MostTried);
    }

    private static Plan? Instead(IdentifierNameSyntax name, string other)
    {
        var edits = new TextEdits();
        edits.Replace(name.Span, other);
        return Plan.Of($"Release '{other}' instead of '{name}'", edits);
    }

    /// <summary>The variable is given what another one holds, or is handed on to be exchanged.</summary>
    private static bool ChangesPlaces(FixSite site, OwnedBlock block, StatementList body, StatementSyntax from) => block.References(body.Container).Where(name => name.SpanStart > from.SpanStart).Any(name => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => OwnedBlock.Bare(assignment.Right) is IdentifierNameSyntax other && LocalOf(site, other) is not null || OwnedBlock.Bare(assignment.Left) is IdentifierNameSyntax,
        ArgumentSyntax { Parent: TupleExpressionSyntax } => true,
        ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0,
        EqualsValueClauseSyntax => true,
        _ => false,
    });

    private static ILocalSymbol? LocalOf(FixSite site, IdentifierNameSyntax name) => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol as ILocalSymbol;

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    private static string MethodOf(string template) =>
        template.IndexOf("({0}", StringComparison.Ordinal) is > 0 and var open ? template.Substring(0, open).Split('.').Last() : string.Empty;
}
