using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Summaries;

/// <summary>
/// Numbers and flags of which a call gets the address: <c>ReadHeader(data, &amp;width, &amp;height)</c>. A summary tells of <c>*width = n</c>
/// (<see cref="References.IsScalar"/>); what the body writes otherwise, by an index or through somebody else, is anything.
/// </summary>
internal sealed class ScalarArguments(Frame frame)
{
    private readonly Dictionary<IParameterSymbol, bool> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>Forgets what the variables held that the body may give another value.</summary>
    public void Forget(Call call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { Value: Address { Place: var place }, Parameter: { Type: IPointerTypeSymbol { PointedAtType: var type } } parameter } && !References.HoldsPointers(type) && !References.HoldsPointers(place.Type) && !IsSeen(parameter, type))
            {
                frame.Forget(place, call.Operation);
            }
        }
    }

    /// <summary>The body only looks at the variable, or says what it gives it.</summary>
    private bool IsSeen(IParameterSymbol parameter, ITypeSymbol type)
    {
        if (!_seen.TryGetValue(parameter, out var isSeen))
        {
            _seen.Add(parameter, isSeen = IsSeenIn(parameter, type));
        }

        return isSeen;
    }

    private static bool IsSeenIn(IParameterSymbol parameter, ITypeSymbol type)
    {
        foreach (var declared in parameter.ContainingSymbol.OriginalDefinition.DeclaringSyntaxReferences)
        {
            foreach (var token in declared.GetSyntax().DescendantTokens())
            {
                if (token.ValueText == parameter.Name && token.Parent is IdentifierNameSyntax mention && !IsSeen(mention, type))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsSeen(IdentifierNameSyntax mention, ITypeSymbol type)
    {
        SyntaxNode node = mention;
        while (node.Parent is ParenthesizedExpressionSyntax outer)
        {
            node = outer;
        }

        switch (node.Parent)
        {
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax:
                return true;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } target:
                return References.IsScalar(type) || !IsWritten(target);
            case ElementAccessExpressionSyntax element:
                return !IsWritten(element);
            default:
                return false;
        }
    }

    private static bool IsWritten(ExpressionSyntax target)
    {
        SyntaxNode node = target;
        while (node.Parent is ParenthesizedExpressionSyntax outer)
        {
            node = outer;
        }

        return node.Parent is AssignmentExpressionSyntax assignment ? assignment.Left == node
            : node.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax;
    }
}
