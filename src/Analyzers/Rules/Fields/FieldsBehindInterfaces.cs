using LifetimeAnalyzers.Candidates;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// A field whose type is an interface or an abstract class: which disposal runs is not known, and so the flow says no more than that the
/// object is handed on. What the members say of the field tells whether the type owns what is in it.
/// </summary>
internal static class FieldsBehindInterfaces
{
    /// <summary>
    /// Whether the disposal of the object disposes of what is in the field in any case, nobody else gets it, and all that members put into it
    /// is new or was given to them: nothing that is shared.
    /// </summary>
    public static bool AreOwned(IFieldSymbol field, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (field.Type is not INamedTypeSymbol { TypeKind: TypeKind.Interface } and not INamedTypeSymbol { IsAbstract: true })
        {
            return false;
        }

        var name = OwnerMembers.NameOf(field);
        if (field.AssociatedSymbol is not null || field.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var initial } && !IsOwnOrGiven(initial, name)))
        {
            return false;
        }

        var isDisposedOf = false;
        foreach (var reference in type.OriginalDefinition.DeclaringSyntaxReferences)
        {
            foreach (var mention in reference.GetSyntax(cancellationToken).DescendantNodes().OfType<IdentifierNameSyntax>().Where(mention => mention.Identifier.ValueText == name))
            {
                ExpressionSyntax held = mention.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own && own.Name == mention ? own : mention;
                if (!IsUnderstood(held, name))
                {
                    return false;
                }

                isDisposedOf |= IsDisposal(held);
            }
        }

        return isDisposedOf;
    }

    private static bool IsUnderstood(ExpressionSyntax held, string name) => held.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == held,
        ConditionalAccessExpressionSyntax access => access.Expression == held,
        AssignmentExpressionSyntax assignment when assignment.Left == held => IsOwnOrGiven(assignment.Right, name),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax => true,

        // it moves, and another one comes
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.None } or EqualsValueClauseSyntax => held.FirstAncestorOrSelf<MemberDeclarationSyntax>() is BaseMethodDeclarationSyntax member && member.DescendantNodes().Any(node => node is AssignmentExpressionSyntax { Left: var target } && ForgottenFields.NameOf(target) == name),
        _ => false,
    };

    /// <summary>A new object, a variable, nothing, or what the old one makes of itself; what a static member or another object gives may be shared.</summary>
    private static bool IsOwnOrGiven(ExpressionSyntax value, string name) => value switch
    {
        BaseObjectCreationExpressionSyntax or IdentifierNameSyntax => true,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Left: IdentifierNameSyntax, Right: ThrowExpressionSyntax or BaseObjectCreationExpressionSyntax } => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var of } } => ForgottenFields.NameOf(of) == name,
        _ => TypeShapes.IsNothing(value),
    };

    /// <summary><c>_store.Dispose()</c> or <c>_store?.Dispose()</c> in the disposal, which no condition but that of having been there before decides about.</summary>
    private static bool IsDisposal(ExpressionSyntax held)
    {
        var call = held.Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "DisposeAsync", Parent: InvocationExpressionSyntax called } => (SyntaxNode)called,
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "DisposeAsync" } } } access => access,
            _ => null,
        };
        for (var around = call?.Parent; around is not null; around = around.Parent)
        {
            switch (around)
            {
                case MethodDeclarationSyntax { Identifier.ValueText: "Dispose" or "DisposeAsync" or "DisposeCore" or "DisposeAsyncCore" }:
                    return true;
                case IfStatementSyntax { Condition: var asked } when asked.ToString().IndexOf("dispos", StringComparison.OrdinalIgnoreCase) < 0:
                case MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or SwitchStatementSyntax or ConditionalExpressionSyntax or WhileStatementSyntax:
                    return false;
            }
        }

        return false;
    }
}
