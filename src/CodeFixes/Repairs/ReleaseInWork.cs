using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Work that nobody waits for uses a block that is released right after it was started, <c>_ = Task.Run(() => Use(p));
/// Free(p);</c>: the work releases it when it is done.
/// </summary>
internal sealed class ReleaseInWork : Repair
{
    public override string Name => "InWork";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax body } start || OwnedBlock.Find(site) is not { Owner: ILocalSymbol } block
            || start.Expression.DescendantNodesAndSelf(node => node is not AnonymousFunctionExpressionSyntax).OfType<AnonymousFunctionExpressionSyntax>().Where(one => block.References(one).Any()).ToList() is not { Count: 1 } uses || !IsStarted(start, uses[0])
            || site.Finding.PlacesOf(FixData.Release).Distinct().ToList() is not { Count: 1 } places || ReleaseCall.At(site, block, places[0]) is not { } release || release.Statement.Parent != body || !site.Layout.StartsLine(release.Statement.SpanStart))
        {
            yield break;
        }

        var later = body.Statements.Where(statement => statement.SpanStart > start.SpanStart && statement != release.Statement);
        if (release.Statement.SpanStart < start.SpanStart || later.Any(statement => block.References(statement).Any()) || site.Model.GetSymbolInfo(uses[0], site.CancellationToken).Symbol is not IMethodSymbol method || IsTask(method.ReturnType) != method.IsAsync)
        {
            yield break;
        }

        var edits = uses[0].Block is { } inner ? IntoBlock(site, inner, release.Statement) : IntoExpression(site, uses[0], method, release.Statement);
        if (edits is not null)
        {
            StatementRemoval.Remove(site, edits, release.Statement);
            yield return Plan.Of("Release when the work is done", edits);
        }
    }

    /// <summary>The function is handed to the call that the statement is, whose result is not looked at.</summary>
    private static bool IsStarted(ExpressionStatementSyntax start, AnonymousFunctionExpressionSyntax work)
    {
        var value = start.Expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: var discarded } ? discarded : start.Expression;
        return value is InvocationExpressionSyntax call && work.Parent?.Parent?.Parent == call;
    }

    private static bool IsTask(ITypeSymbol type) => type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };

    private static TextEdits? IntoBlock(FixSite site, BlockSyntax inner, StatementSyntax release)
    {
        var list = StatementList.Of(inner)!;
        if (list.Statements.Count == 0)
        {
            return null;
        }

        var edits = new TryFinallyEdits(site, list, 0);
        return edits.Guard(list.CountWithoutTrailingFunctions(), reuse: false, [release.ToString()], []) ? edits.Edits : null;
    }

    private static TextEdits? IntoExpression(FixSite site, AnonymousFunctionExpressionSyntax work, IMethodSymbol method, StatementSyntax release)
    {
        if (work.ExpressionBody is not { } value || work.DescendantTrivia().Any(trivia => trivia.IsDirective || trivia.ToString().StartsWith("/", StringComparison.Ordinal)))
        {
            return null;
        }

        var unit = site.Layout.UnitAt(release);
        var isValue = !method.ReturnsVoid && !(method.IsAsync && method.ReturnType is INamedTypeSymbol { TypeArguments.IsEmpty: true });
        IReadOnlyList<string> lines = ["try", "{", $"{unit}{(isValue ? "return " : string.Empty)}{value};", "}", "finally", "{", unit + release, "}"];
        var (indent, newLine) = (site.Layout.IndentAt(release.SpanStart), site.Layout.NewLine);
        var isOpenedAtEnd = site.Layout.BraceEndsLine(release);
        var edits = new TextEdits();
        edits.Replace(
            Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(value.GetFirstToken().GetPreviousToken().Span.End, value.Span.End),
            (isOpenedAtEnd ? " {" : newLine + indent + "{") + newLine + site.Layout.Indented(site.Layout.Styled(lines, release), indent + unit) + indent + "}");
        return edits;
    }
}
