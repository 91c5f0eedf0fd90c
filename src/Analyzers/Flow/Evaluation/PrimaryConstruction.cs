using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>
/// Primary constructors of classes and structs that are no records: the object keeps the parameters that its members use, and
/// what initializers of its fields and automatic properties copy (<c>private nint _block = block;</c>). What else initializers
/// do with a parameter cannot be seen from here.
/// </summary>
internal sealed class PrimaryConstruction
{
    private readonly Frame _frame;
    private readonly Calls _calls;
    private readonly Dictionary<IParameterSymbol, List<(object Key, ITypeSymbol Type)>?> _keepers = new(SymbolEqualityComparer.Default);

    public PrimaryConstruction(Frame frame, Calls calls)
    {
        _frame = frame;
        _calls = calls;
    }

    /// <summary>The declaration with a primary constructor, when <paramref name="constructor"/> is that one.</summary>
    public static TypeDeclarationSyntax? DeclarationOf(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Length == 1 && constructor.DeclaringSyntaxReferences[0].GetSyntax() is ClassDeclarationSyntax or StructDeclarationSyntax
            ? (TypeDeclarationSyntax)constructor.DeclaringSyntaxReferences[0].GetSyntax()
            : null;

    /// <summary>The object that the constructor makes of its arguments, or that the base type's has <paramref name="begun"/>.</summary>
    public Value Make(Call call, IObjectCreationOperation creation, INamedTypeSymbol type, TypeDeclarationSyntax declaration, Sym? begun)
    {
        _calls.HandOverToReleasers(call);
        var kept = new List<(object Key, ITypeSymbol Type, Value Value)>();
        foreach (var argument in call.Arguments)
        {
            if (argument.Value is Closure || argument.Parameter is not { } parameter || KeepersOf(parameter, type, declaration) is not { } keepers || (keepers.Count == 0 && !(begun is not null && IsGivenToBase(parameter, declaration))))
            {
                _calls.HandOver(argument.Value, creation);
                if (argument.Parameter is { } seen && (argument.Value is Closure || KeepersOf(seen, type, declaration) is null))
                {
                    // members may look at it all the same: it is not nothing
                    kept.Add((seen.OriginalDefinition, seen.Type, argument.Value is Closure || Frame.CanCarry(seen.Type) ? Value.Unknown : argument.Value));
                }

                continue;
            }

            foreach (var (key, keeping) in keepers)
            {
                kept.Add((key, keeping, argument.Value));
            }
        }

        if (type.IsValueType)
        {
            var members = ImmutableDictionary.CreateBuilder<object, Value>(MemberComparer.Instance);
            foreach (var (key, _, value) in kept)
            {
                members[key] = value;
            }

            return new Aggregate(members.ToImmutable());
        }

        var made = begun ?? _calls.Fresh(creation);
        foreach (var (key, keeping, value) in kept)
        {
            if (_frame.Universe.Member(_frame.Universe.Object(made), key, keeping) is { } place)
            {
                _frame.Write(place, value, creation);
            }
        }

        return made;
    }

    // the whole type is read for it, and the construction is carried out once for every state
    private List<(object Key, ITypeSymbol Type)>? KeepersOf(IParameterSymbol parameter, INamedTypeSymbol type, TypeDeclarationSyntax declaration)
    {
        if (!_keepers.TryGetValue(parameter, out var keepers))
        {
            _keepers.Add(parameter, keepers = FindKeepersOf(parameter, type, declaration));
        }

        return keepers;
    }

    /// <summary>What of the object holds the parameter's value afterwards: the parameter itself, and fields that are given it; null when something else is done with it.</summary>
    private static List<(object Key, ITypeSymbol Type)>? FindKeepersOf(IParameterSymbol parameter, INamedTypeSymbol type, TypeDeclarationSyntax declaration)
    {
        var keepers = new List<(object, ITypeSymbol)>();
        var isUsed = false;
        foreach (var node in declaration.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax identifier || identifier.Identifier.ValueText != parameter.Name || identifier.Parent is NameColonSyntax ||
                (identifier.Parent is MemberAccessExpressionSyntax access && access.Name == identifier) || IsArgumentOfBase(identifier))
            {
                // what the constructor of the base does with it is known by then
                continue;
            }

            if (identifier.Ancestors().Any(ancestor => ancestor is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }))
            {
                isUsed |= !IsHidden(parameter.Name, type);
            }
            else if (FieldGiven(identifier, type) is { } field)
            {
                keepers.Add((References.KeyOf(field), field.Type));
            }
            else if (!IsOnlyAsked(identifier))
            {
                return null;
            }
        }

        if (isUsed)
        {
            keepers.Add((parameter.OriginalDefinition, parameter.Type));
        }

        return keepers;
    }

    private static bool IsArgumentOfBase(IdentifierNameSyntax identifier) => identifier.Parent is ArgumentSyntax { Parent.Parent: PrimaryConstructorBaseTypeSyntax };

    private static bool IsGivenToBase(IParameterSymbol parameter, TypeDeclarationSyntax declaration) =>
        declaration.BaseList?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == parameter.Name && IsArgumentOfBase(name)) == true;

    /// <summary>A member of the same name is meant in the members' bodies.</summary>
    private static bool IsHidden(string name, INamedTypeSymbol type) => !type.GetMembers(name).IsEmpty;

    /// <summary>The field that the initializer gives the parameter's value as it is: <c>= p</c>, <c>= (nint)p</c>, <c>= p ?? throw ...</c>.</summary>
    private static IFieldSymbol? FieldGiven(IdentifierNameSyntax identifier, INamedTypeSymbol type)
    {
        SyntaxNode node = identifier;
        while (node.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } ||
            (node.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Right: ThrowExpressionSyntax } checkedFor && checkedFor.Left == node))
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } variable } => type.GetMembers(variable.Identifier.ValueText).OfType<IFieldSymbol>().FirstOrDefault(field => !field.IsStatic),
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => type.GetMembers(property.Identifier.ValueText).OfType<IPropertySymbol>().Select(References.BackingField).FirstOrDefault(),
            _ => null,
        };
    }

    /// <summary>A property of the value is read, or it is compared: <c>p.Length</c>, <c>p is null</c>.</summary>
    private static bool IsOnlyAsked(IdentifierNameSyntax identifier) => identifier.Parent switch
    {
        MemberAccessExpressionSyntax { Parent: not InvocationExpressionSyntax } access => access.Expression == identifier,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => true,
        IsPatternExpressionSyntax => true,
        _ => false,
    };
}
