using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>Constructors that the compiler writes: the default one, and the primary one of a record.</summary>
internal sealed class Construction
{
    private readonly Frame _frame;
    private readonly Calls _calls;
    private readonly PrimaryConstruction _primary;
    private readonly Dictionary<INamedTypeSymbol, ImmutableArray<object>> _initialized = new(SymbolEqualityComparer.Default);

    public Construction(Frame frame, Calls calls)
    {
        _frame = frame;
        _calls = calls;
        _primary = new PrimaryConstruction(frame, calls);
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
                : HasPlainBase(type) ? Initialized(call, _calls.Fresh(creation))
                : BaseConstruction.BehindImplicit(constructor) is { } written ? _calls.CreateBy(call with { Method = written })
                : null;
        }

        return IsPrimaryOfRecord(constructor) ? Initialized(call, MakeRecord(call, creation, type))
            : PrimaryConstruction.DeclarationOf(constructor) is not { } declaration ? null
            : type.IsValueType || HasPlainBase(type) ? Initialized(call, _primary.Make(call, creation, type, declaration, null))
            : BaseConstruction.BehindPrimary(constructor, _calls.ModelOf) is { } called && _calls.CreateBy(call with { Method = called.TargetMethod, Arguments = BaseConstruction.ArgumentsOf(called, call) }) is Sym made ? _primary.Make(call, creation, type, declaration, made)
            : null;
    }

    /// <summary>The object or struct, with what the initializers of its fields put into them.</summary>
    private Value Initialized(Call call, Value made)
    {
        if (made is Sym)
        {
            _calls.Initialize(call with { Receiver = made });
        }
        else if (made is Aggregate given && call.Operation.Type is INamedTypeSymbol type && WithInitialized(given, type) is var whole && !ReferenceEquals(whole, given))
        {
            var place = _frame.Universe.Temporary((call.Operation, "made"), type);
            _frame.State = _frame.State.WithValue(place, Value.Unknown);
            _frame.Write(place, whole, call.Operation);
            _calls.Initialize(call with { ReceiverPlace = place });
            return _frame.Read(place);
        }

        return made;
    }

    /// <summary>The struct, in which what an initializer gives a field is something that nobody knows yet, and not nothing.</summary>
    private Aggregate WithInitialized(Aggregate given, INamedTypeSymbol type)
    {
        if (!_initialized.TryGetValue(type, out var fields))
        {
            fields = type.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic && (field.AssociatedSymbol ?? field) is { DeclaringSyntaxReferences: { Length: 1 } declared } &&
                declared[0].GetSyntax() is VariableDeclaratorSyntax { Initializer: not null } or PropertyDeclarationSyntax { Initializer: not null }).Select(References.KeyOf).ToImmutableArray();
            _initialized.Add(type, fields);
        }

        var members = given.Members;
        foreach (var field in fields)
        {
            if (!members.ContainsKey(field))
            {
                members = members.SetItem(field, Value.Unknown);
            }
        }

        return ReferenceEquals(members, given.Members) ? given : new Aggregate(members);
    }

    /// <summary>What deconstructing a record gives, as a tuple; null when it is no record.</summary>
    public static Value? PartsOf(Value value, INamedTypeSymbol? type, Frame frame)
    {
        var primary = type is { IsRecord: true } ? type.InstanceConstructors.FirstOrDefault(IsPrimaryOfRecord) : null;
        if (primary is null)
        {
            return null;
        }

        var parts = ImmutableDictionary.CreateBuilder<object, Value>(MemberComparer.Instance);
        for (var i = 0; i < primary.Parameters.Length; i++)
        {
            var property = type!.GetMembers(primary.Parameters[i].Name).OfType<IPropertySymbol>().FirstOrDefault();
            if (property is null || References.BackingField(property) is not { } field)
            {
                return null;
            }

            var key = References.KeyOf(field);
            parts["Item" + (i + 1)] = value switch
            {
                Aggregate aggregate => aggregate.Members.TryGetValue(key, out var member) ? member : Value.Unknown,
                Sym symbol when type.IsReferenceType && frame.Universe.Member(frame.Universe.Object(symbol), key, field.Type) is { } place => frame.Read(place),
                Sym symbol => frame.Universe.Read(symbol, key, field.Type),
                _ => Value.Unknown,
            };
        }

        return new Aggregate(parts.ToImmutable());
    }

    /// <summary>Whether the base types' constructors do nothing either.</summary>
    private static bool HasPlainBase(INamedTypeSymbol type)
    {
        for (var ancestor = type.BaseType; ancestor is { SpecialType: not SpecialType.System_Object } && !MemoryManagers.IsBase(ancestor); ancestor = ancestor.BaseType)
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
            if (argument.Value is Closure)
            {
                _calls.HandOver(argument.Value, creation);
            }

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
