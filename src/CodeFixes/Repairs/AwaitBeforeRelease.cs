using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Makes a method asynchronous that returns a task whose work still uses the block when the method's <c>finally</c> or
/// <c>using</c> has released it: the task is awaited before.
/// </summary>
internal sealed class AwaitBeforeRelease : Repair
{
    public override string Name => "Await";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        var returned = site.NodeAt<ExpressionSyntax>(site.Finding.Span);
        if (returned?.FirstAncestorOrSelf<ReturnStatementSyntax>() is not { } statement || BodyOf(statement) is not { Body: { } body, Insert: { } insert, Method: { } method } function
            || method.IsAsync || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None) || TaskKind(method.ReturnType) is not { } hasResult)
        {
            yield break;
        }

        var edits = new TextEdits();
        edits.Insert(insert, "async ");
        var suffix = site.Text.ToString().Contains(".ConfigureAwait(false)") ? ".ConfigureAwait(false)" : string.Empty;
        foreach (var exit in body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>())
        {
            if (exit.Expression is not { } value || !Rewrite(site, edits, exit, value, hasResult, suffix, body))
            {
                yield break;
            }
        }

        yield return Plan.Of($"Await the task before the release: make '{function.Title}' async", edits);

        if (BehindRelease(site, statement, body, hasResult, suffix) is { } moved)
        {
            moved.Insert(insert, "async ");
            yield return Plan.Of($"Await the task before the release: make '{function.Title}' async", moved);
        }

        (BlockSyntax? Body, int? Insert, IMethodSymbol? Method, string Title) BodyOf(SyntaxNode node)
        {
            var owner = node.Ancestors().FirstOrDefault(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);
            return owner switch
            {
                MethodDeclarationSyntax declared => (declared.Body, BeforeType(declared.Modifiers, declared.ReturnType), site.Model.GetDeclaredSymbol(declared, site.CancellationToken), declared.Identifier.Text),
                LocalFunctionStatementSyntax local => (local.Body, BeforeType(local.Modifiers, local.ReturnType), site.Model.GetDeclaredSymbol(local, site.CancellationToken) as IMethodSymbol, local.Identifier.Text),
                ParenthesizedLambdaExpressionSyntax lambda => (lambda.Block, (lambda.ReturnType ?? (SyntaxNode)lambda.ParameterList).SpanStart, site.Model.GetSymbolInfo(lambda, site.CancellationToken).Symbol as IMethodSymbol, "the lambda"),
                SimpleLambdaExpressionSyntax lambda => (lambda.Block, lambda.Parameter.SpanStart, site.Model.GetSymbolInfo(lambda, site.CancellationToken).Symbol as IMethodSymbol, "the lambda"),
                _ => default,
            };
        }
    }

    /// <summary><c>Free(p); return task;</c> at the end of the only way through the body: the task is awaited, and the block released in a <c>finally</c>.</summary>
    private static TextEdits? BehindRelease(FixSite site, ReturnStatementSyntax statement, BlockSyntax body, bool hasResult, string suffix)
    {
        var index = body.Statements.IndexOf(statement);
        if (index <= 0 || statement.Expression is not IdentifierNameSyntax task || body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().Count() != 1
            || body.Statements[index - 1] is not ExpressionStatementSyntax release || !site.Finding.PlacesOf(FixData.Release).Any(place => release.Span.Contains(place)) || !site.Layout.StartsLine(release.SpanStart) || !site.Layout.StartsLine(statement.SpanStart)
            || site.Root.DescendantTrivia(TextSpan.FromBounds(release.SpanStart, statement.Span.End)).Any(trivia => trivia.IsDirective || trivia.ToString().StartsWith("/", StringComparison.Ordinal)))
        {
            return null;
        }

        var unit = site.Layout.UnitAt(body);
        var edits = new TextEdits();
        IReadOnlyList<string> lines = ["try", "{", $"{unit}{(hasResult ? "return " : string.Empty)}await {task}{suffix};", "}", "finally", "{", unit + release, "}"];
        edits.Replace(TextSpan.FromBounds(release.SpanStart, statement.Span.End), site.Layout.Indented(site.Layout.Styled(lines, body), site.Layout.IndentAt(release.SpanStart)).Trim());
        return edits;
    }

    private static int BeforeType(SyntaxTokenList modifiers, TypeSyntax type) =>
        modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.PartialKeyword)) is { RawKind: not 0 } partial ? partial.SpanStart : type.SpanStart;

    /// <summary>Whether the task has a result; null when it is no task.</summary>
    private static bool? TaskKind(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } } task ? task.TypeArguments.Length == 1 : null;

    private static bool Rewrite(FixSite site, TextEdits edits, ReturnStatementSyntax exit, ExpressionSyntax value, bool hasResult, string suffix, BlockSyntax body)
    {
        if (hasResult)
        {
            edits.Insert(value.SpanStart, NeedsParentheses(value) ? "await (" : "await ");
            edits.Insert(value.Span.End, (NeedsParentheses(value) ? ")" : string.Empty) + suffix);
            return true;
        }

        var isDone = value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } or DefaultExpressionSyntax or LiteralExpressionSyntax;
        if (isDone && exit.Parent == body && body.Statements.Last() == exit)
        {
            StatementRemoval.Remove(site, edits, exit);
            return true;
        }

        if (isDone)
        {
            edits.Delete(TextSpan.FromBounds(exit.ReturnKeyword.Span.End, value.Span.End));
            return true;
        }

        edits.Replace(TextSpan.FromBounds(exit.SpanStart, value.SpanStart), NeedsParentheses(value) ? "await (" : "await ");
        edits.Insert(value.Span.End, (NeedsParentheses(value) ? ")" : string.Empty) + suffix);
        if (IsLast(exit, body))
        {
            return true;
        }

        if (exit.Parent is not BlockSyntax and not SwitchSectionSyntax)
        {
            return false;
        }

        edits.Insert(exit.Span.End, site.Layout.StartsLine(exit.SpanStart) ? site.Layout.NewLine + site.Layout.IndentAt(exit.SpanStart) + "return;" : " return;");
        return true;
    }

    /// <summary>Nothing comes after <paramref name="exit"/> but the end of the body and what a <c>finally</c> does.</summary>
    private static bool IsLast(ReturnStatementSyntax exit, BlockSyntax body)
    {
        for (SyntaxNode node = exit; node != body; node = node.Parent!)
        {
            if (node.Parent is BlockSyntax block && block.Statements.Last() != node && block.Statements.Last() is not LocalFunctionStatementSyntax)
            {
                return false;
            }

            if (node.Parent is not (BlockSyntax or TryStatementSyntax or UsingStatementSyntax or FixedStatementSyntax or LockStatementSyntax or CatchClauseSyntax or IfStatementSyntax or ElseClauseSyntax))
            {
                return false;
            }
        }

        return true;
    }

    private static bool NeedsParentheses(ExpressionSyntax value) => value is ConditionalExpressionSyntax or BinaryExpressionSyntax or AssignmentExpressionSyntax or SwitchExpressionSyntax or CastExpressionSyntax;
}
