using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow.Lifetimes;

/// <summary>Objects of the project that derive from <c>MemoryManager&lt;T&gt;</c>: the memory that they give dies with what they hold.</summary>
internal static class MemoryManagers
{
    /// <summary>The blocks of the body behind a memory or span that an object gives; null when it has none.</summary>
    public static ImmutableArray<Block>? ViewOf(Value value, IOperation at, Frame frame)
    {
        if (value is not Sym { Kind: SymKind.NewObject } made || !IsManager(made.Type) || at.Type is not { } type || !Calls.IsViewType(type))
        {
            return null;
        }

        var held = frame.BlocksIn(made).Where(block => block.Site is not null && frame.State[block] is { Ownership: Ownership.Owned }).ToImmutableArray();
        return held.IsEmpty ? null : held;
    }

    /// <summary>The call of <c>Dispose(true)</c> that the library makes of a <c>Dispose</c>; null when it is another call.</summary>
    public static Call? DisposalOf(Call call)
    {
        if (call is not { Receiver: Sym { Kind: SymKind.NewObject, Type: { } type }, Method: { Parameters.IsEmpty: true, DeclaringSyntaxReferences.IsEmpty: true } } || !KnownMembers.IsDisposal(call.Method) || !IsManager(type))
        {
            return null;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers("Dispose").OfType<IMethodSymbol>().FirstOrDefault(static method => method is { IsOverride: true, Parameters: { Length: 1 } parameters } && parameters[0].Type.SpecialType == SpecialType.System_Boolean) is { DeclaringSyntaxReferences.IsEmpty: false } found)
            {
                return call with { Method = found, Arguments = ImmutableArray.Create(new Argument(found.Parameters[0], call.Operation, Value.True, null)) };
            }
        }

        return null;
    }

    /// <summary>The library's <c>MemoryManager&lt;T&gt;</c> itself, whose constructor does nothing.</summary>
    public static bool IsBase(INamedTypeSymbol type) => type is { MetadataName: "MemoryManager`1", DeclaringSyntaxReferences.IsEmpty: true };

    private static bool IsManager(ITypeSymbol? type)
    {
        for (var current = type?.BaseType; current is not null; current = current.BaseType)
        {
            if (IsBase(current))
            {
                return !type!.DeclaringSyntaxReferences.IsEmpty;
            }
        }

        return false;
    }
}
