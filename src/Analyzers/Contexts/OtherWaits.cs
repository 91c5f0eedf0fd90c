using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts;

/// <summary>
/// Waits for work by other things than its task or thread: an event that it sets, a semaphore that it releases, a completion
/// source, a counter, threads that lie in an array.
/// </summary>
internal static class OtherWaits
{
    /// <summary>Whether the body waits, after it has started the work, for something that the work mentions.</summary>
    public static bool Follow(ExpressionSyntax start)
    {
        var body = start.Ancestors().FirstOrDefault(static node => node is BaseMethodDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);
        if (body is null)
        {
            return false;
        }

        foreach (var node in body.DescendantNodes(node => node.Span.End > start.Span.End && !(node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax && node != body)))
        {
            if (node.SpanStart > start.Span.End && Waited(node) is { } waitedFor && (waitedFor.Length == 0 || Mentions(start, waitedFor)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The variable that is waited for; empty when it may be anything, null when the node is no wait.</summary>
    private static string? Waited(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var on } } => name switch
        {
            "Join" => on is ElementAccessExpressionSyntax || node.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is not null ? "" : null,
            "Wait" or "WaitOne" or "WaitAsync" or "SignalAndWait" => on is IdentifierNameSyntax { Identifier.ValueText: "Monitor" } ? "" : RootOf(on),
            "Yield" or "SpinWait" or "SpinOnce" or "SpinUntil" when node.FirstAncestorOrSelf<WhileStatementSyntax>() is not null || name == "SpinUntil" => "",
            _ => null,
        },
        AwaitExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Task", Expression: var source } } => RootOf(source),
        _ => null,
    };

    private static string? RootOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var field } => field,
        _ => null,
    };

    private static bool Mentions(ExpressionSyntax start, string name) =>
        start.DescendantNodes().Any(node => node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name);
}
