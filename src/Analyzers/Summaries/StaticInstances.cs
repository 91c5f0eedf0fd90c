using System.Collections.Concurrent;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Which types have objects that live as long as the process: those that only static members ever hold. Thread-safe, memoised.</summary>
internal sealed class StaticInstances(Compilation compilation, BodyStore bodies)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);
    private readonly Lazy<DerivedTypes> _derived = new(() => new DerivedTypes(compilation.Assembly.GlobalNamespace));

    /// <summary>Whether a static member of the type holds its object, or all code that makes objects of the type, or of one that derives from it, does so for a static member.</summary>
    public bool AreAllOf(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        type = type.OriginalDefinition;
        return HasStaticInstance(type) || (type is { TypeKind: TypeKind.Class, IsGenericType: false } && IsOnlyMadeHere(type) && _known.GetOrAdd(type, one => AreMadeForStatics(one, cancellationToken)));
    }

    private static bool HasStaticInstance(INamedTypeSymbol type) => type.GetMembers().Any(member =>
        member.IsStatic && ((member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.Type, type)) || (member is IPropertySymbol property && SymbolEqualityComparer.Default.Equals(property.Type, type) && References.BackingField(property) is not null)));

    /// <summary>Whether other assemblies cannot make one.</summary>
    private static bool IsOnlyMadeHere(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal)
            {
                return true;
            }
        }

        return type.InstanceConstructors.All(static constructor => constructor.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal);
    }

    private bool AreMadeForStatics(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var types = new HashSet<INamedTypeSymbol>(_derived.Value.Of(type), SymbolEqualityComparer.Default) { type };
        var isMade = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            var words = TreeWords.Of(tree, cancellationToken);
            if (!types.Any(one => words.Mentions(one.Name)))
            {
                continue;
            }

            foreach (var creation in tree.GetRoot(cancellationToken).DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>())
            {
                if (creation is ObjectCreationExpressionSyntax { Type: var named } && !types.Any(one => NameOf(named) == one.Name))
                {
                    continue;
                }

                if (bodies.ModelOf(tree).GetTypeInfo(creation, cancellationToken).Type is INamedTypeSymbol made && types.Contains(made.OriginalDefinition))
                {
                    if (!IsForStatic(creation, cancellationToken))
                    {
                        return false;
                    }

                    isMade = true;
                }
            }
        }

        return isMade;
    }

    private static string? NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The initializer of a static member, or what is assigned to one.</summary>
    private bool IsForStatic(ExpressionSyntax creation, CancellationToken cancellationToken) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } } => IsStatic(field),
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => IsStatic(property),
        AssignmentExpressionSyntax assignment when assignment.Right == creation => bodies.ModelOf(creation.SyntaxTree).GetSymbolInfo(assignment.Left, cancellationToken).Symbol is IFieldSymbol { IsStatic: true } or IPropertySymbol { IsStatic: true },
        _ => false,
    };

    private static bool IsStatic(MemberDeclarationSyntax member) => member.Modifiers.Any(static modifier => modifier.ValueText == "static");
}
