using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>Objects of the library that lie over memory as a view does: streams, readers over such streams, the content of a request. To dispose of one does not look at the memory.</summary>
internal static class MemoryReaders
{
    /// <summary>A stream over memory, which knows by itself where it stands.</summary>
    public static bool IsStream(ITypeSymbol? type) => type is { Name: "MemoryStream" or "UnmanagedMemoryStream" } && IsIn(type, "IO");

    /// <summary>Whether the type's <c>Dispose</c> lets go of the memory, and does not look at it.</summary>
    public static bool IsLetGoByDispose(ITypeSymbol? type) => IsStream(type) || IsReader(type) || (type is { Name: "ByteArrayContent" or "ReadOnlyMemoryContent" } && IsIn(type.ContainingNamespace, "Net"));

    /// <summary>A reader over a view, which is one itself; null when something else is made.</summary>
    public static Value? TryCreate(IObjectCreationOperation creation, ImmutableArray<Argument> arguments) =>
        IsReader(creation.Type) && arguments.Length > 0 && arguments[0] is { Parameter.Ordinal: 0, Value: Pointer { IsView: true } view } ? view : null;

    private static bool IsReader(ITypeSymbol? type) => type is { Name: "BinaryReader" or "StreamReader" } && IsIn(type, "IO");

    private static bool IsIn(ISymbol symbol, string name) => symbol.ContainingNamespace is { ContainingNamespace.Name: "System" } within && within.Name == name;
}
