using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Releases a block that a call gives through an <c>out</c> argument in a <c>finally</c>: the variable is declared before, whatever the call returns.</summary>
internal sealed class ReleaseOutArgument : Repair
{
    public override string Name => "OutArgument";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || OwnedBlock.Find(site) is not { Statement: { } statement, Allocation: InvocationExpressionSyntax call } block
            || StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).FirstOrDefault() is not { } list
            || list.IndexOf(statement) is not (>= 0 and var index) || !NamedBlock.IsEvaluatedOnce(block, list.Statements[index]))
        {
            yield break;
        }

        foreach (var argument in call.ArgumentList.Arguments.Where(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)))
        {
            var declared = argument.Expression;
            if (site.Model.GetTypeInfo(declared, site.CancellationToken).Type is not { } type
                || NameOf(site, declared, type) is not { } name
                || list.Container.DescendantNodes().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.ValueText == name && GuardedRegion.IsPutAway(site, used, list.Container))
                || Held(site, call, name, type) is not { } held
                || Releases(site, list, held.Text) is not { } releases
                || (Written(releases) ?? ReleaseText.Call(site, (held.Text == name ? ReleaseTemplates.OfObject(site, statement.SpanStart, type) : null) ?? site.ReleaseTemplate, held.Text, held.Type, statement.Span.End, list.Container)) is not { } release)
            {
                continue;
            }

            var unit = site.Layout.UnitAt(list.Statements[index]);
            var lines = ReleaseText.Guarded(site, held.Text, held.Type, release.Text, unit);
            lines = site.Layout.Styled(release.NeedsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines, list.Container);
            var edits = new TryFinallyEdits(site, list, index);
            edits.Edits.Replace(declared.Span, name);
            StatementRemoval.Remove(site, edits.Edits, [.. releases.Union(SameAs(release.Text, list, index))]);
            if (edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, lines, [NamedBlock.Empty(site, name, type, statement.SpanStart)]))
            {
                yield return Plan.Of($"Release '{held.Text}' in a finally block", edits.Edits);
            }
        }
    }

    /// <summary>The releases on some of the paths, each a statement of the same body; null when one is more than that.</summary>
    private static List<ExpressionStatementSyntax>? Releases(FixSite site, StatementList list, string held)
    {
        var releases = site.Finding.PlacesOf(FixData.Release).Distinct().Select(place => site.NodeAt<InvocationExpressionSyntax>(place)?.Parent as ExpressionStatementSyntax).ToList();
        return releases.TrueForAll(release => release is not null && list.Container.Span.Contains(release.Span) && release.Expression is InvocationExpressionSyntax { ArgumentList.Arguments: var arguments }
            && arguments.Any(argument => OwnedBlock.Bare(argument.Expression).ToString() == held) && release.Ancestors().TakeWhile(node => node != list.Container).All(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
            ? releases.ConvertAll(release => release!) : null;
    }

    /// <summary>What releases by the same words on some of the paths, where the analysis sees no way to it.</summary>
    private static IEnumerable<ExpressionStatementSyntax> SameAs(string release, StatementList list, int index) =>
        list.Statements.Skip(index + 1).SelectMany(statement => statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))).OfType<ExpressionStatementSyntax>()
            .Where(statement => statement.Expression.ToString().Replace("?.", ".").Replace("!.", ".") == release.Replace("?.", "."));

    /// <summary>The release as it is written already, where it takes the variable itself.</summary>
    private static (string Text, bool NeedsUnsafe)? Written(List<ExpressionStatementSyntax> releases) =>
        releases.Count > 0 && releases.TrueForAll(release => release.ToString() == releases[0].ToString()) ? (releases[0].Expression.ToString(), false) : null;

    /// <summary>The variable that the argument declares; a new one where it is discarded.</summary>
    private static string? NameOf(FixSite site, ExpressionSyntax argument, ITypeSymbol type) => argument switch
    {
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.Text: var name } } => name,
        DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax } or IdentifierNameSyntax { Identifier.ValueText: "_" } when site.Finding.Reason == FixData.ReasonDiscarded => NewName.For(site, argument.SpanStart, type),
        _ => null,
    };

    /// <summary>The variable of the argument, or the part of it that holds the block.</summary>
    private static (string Text, ITypeSymbol Type)? Held(FixSite site, InvocationExpressionSyntax call, string name, ITypeSymbol type)
    {
        var path = site.Finding.Property(FixData.HeldKey);
        return path.Length == 0 || path == name || path == "_" ? (name, type)
            : HeldPath.Of(site, call) is { } held && (path.StartsWith(name + ".", StringComparison.Ordinal) || path.StartsWith(name + "->", StringComparison.Ordinal)) && held.Type is { } there ? (held.Text, there)
            : null;
    }
}
