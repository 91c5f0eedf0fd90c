using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow;

/// <summary>Constructors that the compiler writes: the default one, and the primary one of a record.</summary>
internal sealed class Construction
{
    private readonly Frame _frame;
    private readonly Calls _calls;

    public Construction(Frame frame, Calls calls)
    {
        _frame = frame;
        _calls = calls;
    }

    /// <summary>The object that such a constructor makes; null when it is another.</summary>
    public Value? TryApply(Call call, IObjectCreationOperation creation)
    {
        var constructor = call.Method;
        if (creation.Type is not INamedTypeSymbol type || (type.DeclaringSyntaxReferences.IsEmpty && !type.IsValueType))
        {
            return null;
        }

        if (constructor.IsImplicitlyDeclared && constructor.Parameters.IsEmpty)
        {
            return type.IsValueType ? Frame.DefaultOf(type)
                : HasPlainBase(type) ? _calls.Fresh(creation)
                : null;
        }

        return IsPrimaryOfRecord(constructor) ? MakeRecord(call, creation, type) : null;
    }

    /// <summary>Whether the base types' constructors do nothing either.</summary>
    private static bool HasPlainBase(INamedTypeSymbol type)
    {
        for (var ancestor = type.BaseType; ancestor is { SpecialType: not SpecialType.System_Object }; ancestor = ancestor.BaseType)
        {
            if (ancestor.DeclaringSyntaxReferences.IsEmpty || !ancestor.InstanceConstructors.All(constructor => constructor.IsImplicitlyDeclared))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPrimaryOfRecord(IMethodSymbol constructor) =>
        constructor.ContainingType.IsRecord && constructor.DeclaringSyntaxReferences.Length == 1 &&
        constructor.DeclaringSyntaxReferences[0].GetSyntax() is RecordDeclarationSyntax;

    private Value MakeRecord(Call call, IObjectCreationOperation creation, INamedTypeSymbol type)
    {
        var members = ImmutableDictionary.CreateBuilder<object, Value>(MemberComparer.Instance);
        foreach (var argument in call.Arguments)
        {
            var property = type.GetMembers(argument.Parameter?.Name ?? "").OfType<IPropertySymbol>().FirstOrDefault();
            if (property is not null && References.BackingField(property) is { } field)
            {
                members[References.KeyOf(field)] = argument.Value;
            }
            else
            {
                _calls.HandOver(argument.Value, creation);
            }
        }

        if (type.IsValueType)
        {
            return new Aggregate(members.ToImmutable());
        }

        var made = _calls.Fresh(creation);
        foreach (var member in members)
        {
            if (_frame.Universe.Member(_frame.Universe.Object(made), member.Key, (member.Key as IFieldSymbol)?.Type) is { } place)
            {
                _frame.Write(place, member.Value, creation);
            }
        }

        return made;
    }
}
