using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Exceptions;

/// <summary>
/// Exceptions that say that the caller is wrong, not that something has gone wrong: an object used after its disposal, a null
/// that must not be, a member that is not there. A correct program never sees them, so what they would leak is no urgent matter.
/// </summary>
internal static class Misuse
{
    /// <summary>Whether the operation, a thrown expression or a call, throws nothing else.</summary>
    public static bool IsThrownBy(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation switch
        {
            IThrowOperation { Exception: { } thrown } => IsThrownBy(thrown),
            IObjectCreationOperation { Type: { } type } made => Says(type) || IsLibraryCollection(made.Constructor),
            IInvocationOperation { TargetMethod: { IsStatic: true } guard } when guard.Name.StartsWith("ThrowIf", StringComparison.Ordinal) => Says(guard.ContainingType),
            IInvocationOperation { TargetMethod: var method } => IsLibraryCollection(method),
            IPropertyReferenceOperation { Property: var property } => IsLibraryCollection(property),
            _ => false,
        };
    }

    private static bool Says(ITypeSymbol exception) =>
        exception.Name is "ObjectDisposedException" or "ArgumentNullException" or "NotSupportedException" or "NotImplementedException" or "UnreachableException";

    /// <summary><c>list.Add(item)</c>: out of memory is not worth a word.</summary>
    private static bool IsLibraryCollection(ISymbol? member) =>
        member is { DeclaringSyntaxReferences.IsEmpty: true, ContainingNamespace: { } space } && (IsCollections(space) || IsCollections(space.ContainingNamespace));

    private static bool IsCollections(INamespaceSymbol? space) =>
        space is { Name: "Collections", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
}
