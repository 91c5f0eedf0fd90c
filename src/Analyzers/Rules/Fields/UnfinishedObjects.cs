using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// <c>Dispose</c> does nothing while a flag of the object is as it is in a new one, although the object has taken its
/// block by then: <c>if (!_started) return;</c>.
/// </summary>
internal static class UnfinishedObjects
{
    /// <summary>The disposal and the condition under which it does not release the place; null when it does.</summary>
    public static (string Disposal, string Condition)? Judge(Block block, Place place, INamedTypeSymbol type, FieldOwnership ownership, CancellationToken cancellationToken)
    {
        if (!IsTakenAtOnce(block.Site!.Syntax) ||
            type.InstanceConstructors.All(static constructor => constructor.DeclaredAccessibility == Accessibility.Private) || Finalizers.Has(type) ||
            type.GetMembers("Dispose").OfType<IMethodSymbol>().FirstOrDefault(static member => member is { IsStatic: false, Parameters.IsEmpty: true }) is not { } disposal ||
            ownership.SummaryOf(disposal, cancellationToken) is not { IsUnknown: false } summary)
        {
            return null;
        }

        foreach (var outcome in summary.Outcomes)
        {
            if (outcome.Guards.IsEmpty || outcome.Effects.Any(effect => effect.Input.Place is { } changed && OwnerMembers.Field(changed, type) is { } field && SymbolEqualityComparer.Default.Equals(field, OwnerMembers.Field(place, type))))
            {
                continue;
            }

            var flags = outcome.Guards.Select(guard => (Flag: FlagOf(guard.Key, type), guard.Value)).ToList();
            if (flags.TrueForAll(flag => flag.Flag is not null && InitialValueOf(flag.Flag, type, cancellationToken) is { } initial && flag.Value.IsEqual(initial) == true))
            {
                var (flag, value) = flags[0];
                return (disposal.Name, $"while '{flag!.Name}' is {(value.IsEqual(true) == true ? "true" : "false")}, as it is in a new object");
            }
        }

        return null;
    }

    private static bool IsTakenAtOnce(SyntaxNode site) => site.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
    {
        FieldDeclarationSyntax or ConstructorDeclarationSyntax => true,
        PropertyDeclarationSyntax { Initializer: { } initializer } => initializer.Span.Contains(site.Span),
        _ => false,
    };

    private static IFieldSymbol? FlagOf(Value condition, INamedTypeSymbol type) =>
        condition is Sym { Kind: SymKind.Input, Place: { } place } && OwnerMembers.Field(place, type) is { Type.SpecialType: SpecialType.System_Boolean, DeclaredAccessibility: Accessibility.Private } flag ? flag : null;

    /// <summary>What a flag is after any constructor; null when they give it a value.</summary>
    private static bool? InitialValueOf(IFieldSymbol flag, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (flag.AssociatedSymbol is not null || flag.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax declarator ||
            type.InstanceConstructors.Any(constructor => OwnerMembers.CountOf(constructor, flag.Name) > 0 || Calls(constructor, cancellationToken)))
        {
            return null;
        }

        return declarator.Initializer?.Value switch
        {
            null or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } => false,
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } => true,
            _ => null,
        };
    }

    /// <summary>The constructor calls members of its object, which may do anything to it.</summary>
    private static bool Calls(IMethodSymbol constructor, CancellationToken cancellationToken) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken).DescendantNodes().Any(node =>
            node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: not "nameof" } or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax } } or ThisExpressionSyntax { Parent: not MemberAccessExpressionSyntax }));
}
