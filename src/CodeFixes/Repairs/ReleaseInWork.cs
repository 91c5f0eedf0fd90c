using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

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
            || site.Finding.PlacesOf(FixData.Release).Distinct().ToList() is not { Count: 1 } places || site.Model.GetSymbolInfo(uses[0], site.CancellationToken).Symbol is not IMethodSymbol method || IsTask(method.ReturnType) != method.IsAsync)
        {
            yield break;
        }

        if (block.Statement is LocalDeclarationStatementSyntax { UsingKeyword: { RawKind: not 0 } keyword, AwaitKeyword.RawKind: 0 } declared)
        {
            yield return OfUsing(site, block, body, start, declared, keyword, uses[0], method);
            yield break;
        }

        if (ReleaseCall.At(site, block, places[0]) is not { } release || !site.Layout.StartsLine(release.Statement.SpanStart))
        {
            yield break;
        }

        if (release.Statement.Parent is BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax { Parent: TryStatementSyntax { Catches.Count: 0, Block: { Statements.Count: 1 } guarded } around } } && guarded == body)
        {
            yield return InsteadOfGuard(site, around, start, uses[0], method, release.Statement);
            yield break;
        }

        var later = body.Statements.Where(statement => statement.SpanStart > start.SpanStart && statement != release.Statement);
        if (release.Statement.Parent != body || release.Statement.SpanStart < start.SpanStart || later.Any(statement => block.References(statement).Any()))
        {
            yield break;
        }

        var edits = uses[0].Block is { } inner ? IntoBlock(site, inner, release.Statement) : IntoExpression(site, uses[0], method, Guarded(release.Statement.ToString(), site.Layout.UnitAt(start)), start);
        if (edits is not null)
        {
            StatementRemoval.Remove(site, edits, release.Statement);
            yield return Plan.Of("Release when the work is done", edits);
        }
    }

    /// <summary><c>using var owner = Rent(); _ = Task.Run(() => Use(owner));</c>: the work disposes of it.</summary>
    private static Plan? OfUsing(FixSite site, OwnedBlock block, BlockSyntax body, ExpressionStatementSyntax start, LocalDeclarationStatementSyntax declared, SyntaxToken keyword, AnonymousFunctionExpressionSyntax work, IMethodSymbol method)
    {
        if (declared.Parent != body || declared.Declaration.Variables.Count != 1 || body.Statements.Any(statement => statement.SpanStart > start.SpanStart && block.References(statement).Any()) || work.ExpressionBody is null)
        {
            return null;
        }

        var name = block.OwnerText;
        var edits = IntoExpression(site, work, method, value => [$"using ({name})", "{", site.Layout.UnitAt(start) + value, "}"], start);
        edits?.Delete(TextSpan.FromBounds(keyword.SpanStart, declared.Declaration.SpanStart));
        return edits is null ? null : Plan.Of("Release when the work is done", edits);
    }

    /// <summary><c>try { Task.Run(() => Use(p)); } finally { Free(p); }</c>: nothing else is guarded, and the work is what has to be.</summary>
    private static Plan? InsteadOfGuard(FixSite site, TryStatementSyntax around, ExpressionStatementSyntax start, AnonymousFunctionExpressionSyntax work, IMethodSymbol method, StatementSyntax release)
    {
        if (work.ExpressionBody is not { } value || !site.Layout.StartsLine(start.SpanStart) || around.DescendantTrivia().Any(trivia => trivia.IsDirective || trivia.ToString().StartsWith("/", StringComparison.Ordinal)))
        {
            return null;
        }

        var indent = site.Layout.IndentAt(around.SpanStart);
        var unit = site.Layout.UnitAt(start);
        var lines = site.Layout.Styled(["{", .. Guarded(release.ToString(), unit)(ValueOf(value, method)).Select(line => line.Length > 0 ? unit + line : line), "}"], start);
        var head = site.Text.ToString(TextSpan.FromBounds(start.SpanStart, value.GetFirstToken().GetPreviousToken().Span.End));
        var written = site.Layout.BraceEndsLine(start) ? head + " " + site.Layout.Indented(lines, indent).Trim() : head + site.Layout.NewLine + site.Layout.Indented(lines, indent).TrimEnd();
        var edits = new TextEdits();
        edits.Replace(around.Span, written + site.Text.ToString(TextSpan.FromBounds(value.Span.End, start.Span.End)));
        return Plan.Of("Release when the work is done", edits);
    }

    /// <summary>The function is handed to the call that the statement is, whose result is not looked at, or to the thread that it starts.</summary>
    private static bool IsStarted(ExpressionStatementSyntax start, AnonymousFunctionExpressionSyntax work)
    {
        var value = start.Expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: var discarded } ? discarded : start.Expression;
        return value is InvocationExpressionSyntax call && (work.Parent?.Parent?.Parent == call
            || call is { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start", Expression: ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "Thread" } } thread } } && work.Parent?.Parent?.Parent == thread);
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

    private static TextEdits? IntoExpression(FixSite site, AnonymousFunctionExpressionSyntax work, IMethodSymbol method, Func<string, IReadOnlyList<string>> lines, StatementSyntax start)
    {
        if (work.ExpressionBody is not { } value || work.DescendantTrivia().Any(trivia => trivia.IsDirective || trivia.ToString().StartsWith("/", StringComparison.Ordinal)))
        {
            return null;
        }

        var unit = site.Layout.UnitAt(start);
        var (indent, newLine) = (site.Layout.IndentAt(start.SpanStart), site.Layout.NewLine);
        var isOpenedAtEnd = site.Layout.BraceEndsLine(start);
        var edits = new TextEdits();
        edits.Replace(
            TextSpan.FromBounds(value.GetFirstToken().GetPreviousToken().Span.End, value.Span.End),
            (isOpenedAtEnd ? " {" : newLine + indent + "{") + newLine + site.Layout.Indented(site.Layout.Styled(lines(ValueOf(value, method)), start), indent + unit) + indent + "}");
        return edits;
    }

    /// <summary>What the function does, as a statement.</summary>
    private static string ValueOf(ExpressionSyntax value, IMethodSymbol method)
    {
        var isValue = !method.ReturnsVoid && !(method.IsAsync && method.ReturnType is INamedTypeSymbol { TypeArguments.IsEmpty: true });
        return $"{(isValue ? "return " : string.Empty)}{value};";
    }

    private static Func<string, IReadOnlyList<string>> Guarded(string release, string unit) => value => ["try", "{", unit + value, "}", "finally", "{", unit + release, "}"];
}
