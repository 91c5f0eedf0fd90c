using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts;

/// <summary>What keeps a loop going.</summary>
internal enum LoopCondition
{
    /// <summary>Something that comes to an end: a count, a cursor, a stream of bytes.</summary>
    Ends,

    /// <summary>Nothing: <c>while (true)</c>, <c>for (;;)</c>.</summary>
    Endless,

    /// <summary>A cancellation token only.</summary>
    Token,

    /// <summary>A flag of the object that nothing in the loop changes: <c>while (_running)</c>.</summary>
    Flag,
}

/// <summary>Reads the condition of a loop.</summary>
internal static class LoopConditions
{
    /// <summary>What keeps <paramref name="loop"/>, a <c>while</c>, <c>do</c> or <c>for</c>, going.</summary>
    public static LoopCondition Of(StatementSyntax loop, SemanticModel model, CancellationToken cancellationToken)
    {
        ExpressionSyntax? condition = Expression(loop);
        var result = LoopCondition.Endless;
        foreach ((ExpressionSyntax part, bool expected) in condition is null ? [] : Parts(condition, SyntaxKind.LogicalAndExpression))
        {
            LoopCondition of = expected && model.GetConstantValue(part, cancellationToken) is { HasValue: true, Value: true } ? LoopCondition.Endless
                : !expected && IsToken(part, model, cancellationToken) ? LoopCondition.Token
                : IsFlag(part, loop, model, cancellationToken) ? LoopCondition.Flag
                : LoopCondition.Ends;
            if (of == LoopCondition.Ends)
            {
                return LoopCondition.Ends;
            }

            result = of > result ? of : result;
        }

        return result;
    }

    /// <summary>The condition of a <c>while</c>, <c>do</c> or <c>for</c>; null where there is none.</summary>
    public static ExpressionSyntax? Expression(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax @while => @while.Condition,
        DoStatementSyntax @do => @do.Condition,
        ForStatementSyntax @for => @for.Condition,
        _ => null,
    };

    /// <summary>Whether a condition can only hold once a token is cancelled.</summary>
    public static bool IsCancelled(ExpressionSyntax condition, SemanticModel model, CancellationToken cancellationToken)
    {
        // Of parts joined by 'and' one suffices, of parts joined by 'or' every one has to be the token.
        bool all = true;
        foreach ((ExpressionSyntax part, bool expected) in Parts(condition, SyntaxKind.LogicalOrExpression))
        {
            all &= Parts(part, SyntaxKind.LogicalAndExpression).Any(inner => inner.Expected && expected && IsToken(inner.Part, model, cancellationToken));
        }

        return all;
    }

    private static IEnumerable<(ExpressionSyntax Part, bool Expected)> Parts(ExpressionSyntax condition, SyntaxKind join)
    {
        var pending = new Stack<(ExpressionSyntax Part, bool Expected)>();
        pending.Push((condition, true));
        while (pending.Count > 0)
        {
            (ExpressionSyntax part, bool expected) = pending.Pop();
            switch (part)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    pending.Push((parenthesized.Expression, expected));
                    break;
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                    pending.Push((not.Operand, !expected));
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } } compared:
                    pending.Push((compared.Left, !expected));
                    break;
                case IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } } } matched:
                    pending.Push((matched.Expression, !expected));
                    break;
                case BinaryExpressionSyntax binary when expected && binary.IsKind(join):
                    pending.Push((binary.Right, true));
                    pending.Push((binary.Left, true));
                    break;
                default:
                    yield return (part, expected);
                    break;
            }
        }
    }

    /// <summary><c>token.IsCancellationRequested</c> of a token that is not cancelled by a clock.</summary>
    private static bool IsToken(ExpressionSyntax part, SemanticModel model, CancellationToken cancellationToken)
    {
        ExpressionSyntax? source = part switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsCancellationRequested" } access => access.Expression,
            ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "IsCancellationRequested" } } access => access.Expression,
            _ => null,
        };
        return source is not null &&
            model.GetTypeInfo(source, cancellationToken).Type is { Name: "CancellationToken" or "CancellationTokenSource" } &&
            !EndsByClock(source, model, cancellationToken);
    }

    private static bool EndsByClock(ExpressionSyntax source, SemanticModel model, CancellationToken cancellationToken)
    {
        for (int step = 0; step < 4; step++)
        {
            if (source is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Token" } token)
            {
                source = token.Expression;
            }

            if (model.GetSymbolInfo(source, cancellationToken).Symbol is not ILocalSymbol local ||
                local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } value } declarator)
            {
                return false;
            }

            if (value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } || IsGivenTime(local, declarator))
            {
                return true;
            }

            source = value;
        }

        return false;
    }

    private static bool IsGivenTime(ILocalSymbol local, VariableDeclaratorSyntax declarator)
    {
        SyntaxNode? body = declarator.FirstAncestorOrSelf<SyntaxNode>(node => node is MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or CompilationUnitSyntax);
        return body is not null && body.DescendantNodes().Any(node =>
            node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CancelAfter", Expression: IdentifierNameSyntax name } && name.Identifier.ValueText == local.Name);
    }

    private static bool IsFlag(ExpressionSyntax part, StatementSyntax loop, SemanticModel model, CancellationToken cancellationToken)
    {
        if (part is not (IdentifierNameSyntax or MemberAccessExpressionSyntax) ||
            model.GetSymbolInfo(part, cancellationToken).Symbol is not { DeclaringSyntaxReferences.Length: > 0 } symbol ||
            symbol is not (IFieldSymbol { Type.SpecialType: SpecialType.System_Boolean } or IPropertySymbol { Type.SpecialType: SpecialType.System_Boolean }))
        {
            return false;
        }

        return !LoopExits.WithoutFunctions(loop).Any(node => node is AssignmentExpressionSyntax { Left: { } left } && RightmostName(left) == symbol.Name);
    }

    private static string? RightmostName(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
