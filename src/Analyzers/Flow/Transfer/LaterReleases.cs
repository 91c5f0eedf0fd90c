using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>What the text of a body says of a variable behind a call: who releases it there on his main way has not given it away.</summary>
internal static class LaterReleases
{
    /// <summary>So many statements behind the call are looked through: a body may be long, and have many such calls.</summary>
    private const int MaxStatements = 200;

    /// <summary>Whether a statement behind <paramref name="call"/>, which no condition stands before that does not stand before the call as well, releases what <paramref name="argument"/> names.</summary>
    /// <param name="call">The call that is handed the argument.</param>
    /// <param name="argument">The argument: a variable, or a conversion of one.</param>
    /// <param name="releases">Whether functions of a name release.</param>
    public static bool Follow(SyntaxNode call, SyntaxNode argument, Func<string, bool> releases)
    {
        if (VariableIn(argument) is not { } variable)
        {
            return false;
        }

        for (var node = call; node is not null and not (BaseMethodDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax); node = node.Parent)
        {
            if (node.Parent is BlockSyntax block && block.Statements.Skip(block.Statements.IndexOf(statement => statement == node) + 1).Take(MaxStatements).Any(statement => Releases(statement, variable, releases)))
            {
                return true;
            }

            if (node.Parent is TryStatementSyntax { Finally.Block.Statements: var last } tried && tried.Block == node && last.Any(statement => Releases(statement, variable, releases)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The variable that an argument is, is part of, or converts: <c>h</c>, <c>text.Data</c>, <c>(nint)h</c>, <c>GCHandle.ToIntPtr(h)</c>.</summary>
    private static string? VariableIn(SyntaxNode argument) => argument switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => VariableIn(access.Expression),
        ArgumentSyntax inner => VariableIn(inner.Expression),
        CastExpressionSyntax cast => VariableIn(cast.Expression),
        ParenthesizedExpressionSyntax inner => VariableIn(inner.Expression),
        InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => VariableIn(arguments[0]),
        _ => null,
    };

    private static bool Releases(StatementSyntax statement, string variable, Func<string, bool> releases) => statement switch
    {
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } called } =>
            releases(access.Name.Identifier.ValueText) && (called.ArgumentList.Arguments.Any(argument => VariableIn(argument) == variable) || VariableIn(access.Expression) == variable),
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: SimpleNameSyntax name } called } =>
            releases(name.Identifier.ValueText) && called.ArgumentList.Arguments.Any(argument => VariableIn(argument) == variable),
        _ => false,
    };
}
