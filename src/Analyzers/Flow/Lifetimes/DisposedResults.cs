using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <summary>Objects that a <c>using</c> of the body has disposed of when the caller gets them.</summary>
internal static class DisposedResults
{
    /// <summary>
    /// A block of the object which is returned by the name of a variable, and that the <c>using</c> of this variable has released; null when
    /// there is none. What the object has in its fields by then does not matter.
    /// </summary>
    public static Block? Of(IOperation returned, FlowState state)
    {
        if (NameIn(returned.Syntax) is not { } name || ResourceOf(name) is not { } resource)
        {
            return null;
        }

        Block? found = null;
        foreach (var pair in state.Blocks)
        {
            if (pair is { Key.Site: not null, Value: { Ownership: Ownership.Released, ReleasedAt: { IsImplicit: true, Syntax: var release } } } && resource.Contains(release) && (found is null || pair.Key.Id < found.Id))
            {
                found = pair.Key;
            }
        }

        return found;
    }

    private static IdentifierNameSyntax? NameIn(SyntaxNode returned)
    {
        var value = returned is ReturnStatementSyntax { Expression: { } expression } ? expression : returned as ExpressionSyntax;
        while (value is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            value = value is ParenthesizedExpressionSyntax outer ? outer.Expression : ((CastExpressionSyntax)value).Expression;
        }

        return value as IdentifierNameSyntax;
    }

    /// <summary>What declares the variable of that name and disposes of it when the name is out of scope.</summary>
    private static SyntaxNode? ResourceOf(IdentifierNameSyntax name)
    {
        for (SyntaxNode? node = name; node is not (null or MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax); node = node.Parent)
        {
            if (node is UsingStatementSyntax { Declaration: { } declaration } && Declares(declaration, name))
            {
                return declaration;
            }

            if (node is not BlockSyntax block)
            {
                continue;
            }

            foreach (var statement in block.Statements)
            {
                if (statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword } local && Declares(local.Declaration, name))
                {
                    return local;
                }
            }
        }

        return null;
    }

    private static bool Declares(VariableDeclarationSyntax declaration, IdentifierNameSyntax name)
    {
        foreach (var variable in declaration.Variables)
        {
            if (variable.Identifier.ValueText == name.Identifier.ValueText)
            {
                return true;
            }
        }

        return false;
    }
}
