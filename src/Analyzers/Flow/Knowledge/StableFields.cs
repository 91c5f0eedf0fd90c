using System.Collections.Concurrent;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary>Finds the fields that hold one constant for ever: readonly, or private and never assigned. Thread-safe, memoised.</summary>
internal sealed class StableFields
{
    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<IFieldSymbol, Value?> _known = new(SymbolEqualityComparer.Default);

    public StableFields(Compilation compilation)
    {
        _compilation = compilation;
    }

    /// <summary>The constant that <paramref name="field"/> always holds, or null.</summary>
    public Value? ConstantOf(IFieldSymbol field)
    {
        if (field.HasConstantValue)
        {
            return Evaluator.ConstantOf(field.ConstantValue);
        }

        if (field.DeclaringSyntaxReferences.IsEmpty || field.Type.SpecialType is SpecialType.None or SpecialType.System_IntPtr or SpecialType.System_UIntPtr)
        {
            return null;
        }

        return _known.GetOrAdd(field.OriginalDefinition, Find);
    }

    private Value? Find(IFieldSymbol field)
    {
        if (!field.IsReadOnly && !IsOnlyVisibleHere(field))
        {
            return null;
        }

        var declarator = field.DeclaringSyntaxReferences[0].GetSyntax() as VariableDeclaratorSyntax;
        if (Literal(declarator?.Initializer?.Value) is not { } constant)
        {
            return null;
        }

        var roots = field.DeclaredAccessibility == Accessibility.Private
            ? field.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax())
            : _compilation.SyntaxTrees.Where(tree => TreeWords.Of(tree, default).Mentions(field.Name)).Select(tree => tree.GetRoot());
        foreach (var root in roots)
        {
            foreach (var node in root.DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name && IsWritten(name))
                {
                    return null;
                }
            }
        }

        return constant;
    }

    /// <summary>Whether only the compilation's own code can write the field.</summary>
    private static bool IsOnlyVisibleHere(IFieldSymbol field)
    {
        for (ISymbol? symbol = field; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal)
            {
                return true;
            }
        }

        return false;
    }

    private static Value? Literal(ExpressionSyntax? initializer) => initializer switch
    {
        LiteralExpressionSyntax literal when literal.Token.Value is { } value && value.GetType().IsPrimitive => Evaluator.ConstantOf(value),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.Value: int number } } => new Const(-(long)number),
        _ => null,
    };

    private static bool IsWritten(IdentifierNameSyntax name)
    {
        ExpressionSyntax reference = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return reference.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == reference,
            PrefixUnaryExpressionSyntax prefix => prefix.RawKind is (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression,
            PostfixUnaryExpressionSyntax postfix => postfix.RawKind is (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression,
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None) || argument.Parent?.Parent is TupleExpressionSyntax || argument.Parent is TupleExpressionSyntax,
            RefExpressionSyntax => true,
            _ => false,
        };
    }
}
