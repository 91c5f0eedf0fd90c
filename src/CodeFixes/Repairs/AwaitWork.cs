using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Work that uses a block is started, and the block released while it may still run: an asynchronous body waits for it,
/// <c>await Task.Run(...)</c>; of two tasks of which one is waited for, both are.
/// </summary>
internal sealed class AwaitWork : Repair
{
    public override string Name => "AwaitWork";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.NodeAt<ExpressionSyntax>(site.Finding.Span) is not { } node || Started(site, node) is not { } work || site.Model.GetTypeInfo(work, site.CancellationToken).Type is not { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } } type)
        {
            yield break;
        }

        var isAsync = work.Ancestors().FirstOrDefault(outer => outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax) switch
        {
            AnonymousFunctionExpressionSyntax function => function.AsyncKeyword.RawKind != 0,
            LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
            MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
            null => true,
            _ => false,
        };
        var suffix = site.Text.ToString().Contains(".ConfigureAwait(false)") ? ".ConfigureAwait(false)" : string.Empty;
        switch (work.Parent)
        {
            case ExpressionStatementSyntax or AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax } when isAsync:
                var edits = new TextEdits();
                edits.Replace(TextSpan.FromBounds(work.Parent.SpanStart, work.SpanStart), "await ");
                edits.Insert(work.Span.End, suffix);
                yield return Plan.Of("Await the work", edits);
                break;
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration } task } when type.Name == "Task" && StatementList.Around(declaration.Parent is GlobalStatementSyntax ? declaration.Parent : declaration).FirstOrDefault() is { } list:
                yield return Both(site, list, declaration, task.Identifier.Text, isAsync, suffix);
                yield return Waited(site, list, declaration, task.Identifier.Text, isAsync, suffix);
                break;
        }
    }

    /// <summary>The call that starts the work, when its result is not looked at or kept in a local.</summary>
    private static ExpressionSyntax? Started(FixSite site, ExpressionSyntax node) => node.AncestorsAndSelf().TakeWhile(outer => outer is not (StatementSyntax or AnonymousFunctionExpressionSyntax)).OfType<ExpressionSyntax>().LastOrDefault(outer => outer is InvocationExpressionSyntax && outer.Span.IntersectsWith(site.Finding.Span));

    /// <summary><c>first.Wait();</c> becomes <c>Task.WaitAll(first, second);</c>, also where the first one fails.</summary>
    private static Plan? Both(FixSite site, StatementList list, LocalDeclarationStatementSyntax declaration, string task, bool isAsync, string suffix)
    {
        foreach (var statement in list.Statements.OfType<ExpressionStatementSyntax>().Where(statement => statement.SpanStart > declaration.Span.End))
        {
            var other = statement.Expression switch
            {
                AwaitExpressionSyntax { Expression: IdentifierNameSyntax name } when isAsync => name,
                AwaitExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: IdentifierNameSyntax name } } } when isAsync => name,
                InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait", Expression: IdentifierNameSyntax name } } => name,
                _ => null,
            };
            if (other is null || site.Model.GetTypeInfo(other, site.CancellationToken).Type is not INamedTypeSymbol { Name: "Task" } type || other.Identifier.Text == task || site.Model.GetSymbolInfo(other, site.CancellationToken).Symbol is not ILocalSymbol)
            {
                continue;
            }

            var edits = new TextEdits();
            var tasks = UsingDirectives.Name(site, edits, type.BaseType is { Name: "Task" } plain ? plain : type, statement.SpanStart);
            edits.Replace(statement.Expression.Span, statement.Expression is AwaitExpressionSyntax ? $"await {tasks}.WhenAll({other}, {task}){suffix}" : $"{tasks}.WaitAll({other}, {task})");
            return Plan.Of($"Wait for '{task}' as well", edits);
        }

        return null;
    }

    /// <summary>Nobody waits for any: the release comes behind a wait.</summary>
    private static Plan? Waited(FixSite site, StatementList list, LocalDeclarationStatementSyntax declaration, string task, bool isAsync, string suffix)
    {
        var release = list.Statements.FirstOrDefault(statement => statement.SpanStart > declaration.Span.End && site.Finding.PlacesOf(FixData.Release).Any(place => statement is ExpressionStatementSyntax && statement.Span.Contains(place)));
        if (release is null || !site.Layout.StartsLine(release.SpanStart))
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(release.SpanStart, (isAsync ? $"await {task}{suffix};" : $"{task}.Wait();") + site.Layout.NewLine + site.Layout.IndentAt(release.SpanStart));
        return Plan.Of($"Wait for '{task}' before the release", edits);
    }
}
