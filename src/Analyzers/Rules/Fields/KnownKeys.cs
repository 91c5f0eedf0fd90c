using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>What a member has found out about a key before it writes under it: <c>if (!_map.ContainsKey(key)) throw …; _map[key] = block;</c>.</summary>
internal static class KnownKeys
{
    /// <summary>Whether something is in the collection under the key of the element, as the member has asked, and asks nothing else.</summary>
    public static bool IsThere(SyntaxNode element, string collection)
    {
        if (element is not ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } || arguments[0].Expression is not IdentifierNameSyntax { Identifier.ValueText: var key } ||
            element.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member ||
            member.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => IsOf(access.Expression, collection) && access.Name.Identifier.ValueText != "ContainsKey"))
        {
            return false;
        }

        for (var inner = element; inner.Parent is { } outer and not MemberDeclarationSyntax; inner = outer)
        {
            if (outer is IfStatementSyntax asked && asked.Statement == inner && Asks(asked.Condition, collection, key))
            {
                return true;
            }

            if (outer is BlockSyntax block && block.Statements.TakeWhile(statement => statement != inner).Any(statement =>
                statement is IfStatementSyntax { Else: null, Condition: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var operand }, Statement: var leaving } && Asks(operand, collection, key) && Leaves(leaving)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Asks(ExpressionSyntax condition, string collection, string key) =>
        condition is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ContainsKey", Expression: var of }, ArgumentList.Arguments: { Count: 1 } arguments } &&
        IsOf(of, collection) && arguments[0].Expression is IdentifierNameSyntax { Identifier.ValueText: var asked } && asked == key;

    private static bool IsOf(ExpressionSyntax expression, string collection) => ForgottenFields.NameOf(expression) == collection;

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax => true,
        BlockSyntax { Statements: { Count: > 0 } statements } => Leaves(statements[statements.Count - 1]),
        _ => false,
    };
}
