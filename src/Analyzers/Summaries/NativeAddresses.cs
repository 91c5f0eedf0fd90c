using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Fields of whose addresses native code is told: it takes, or closes, what it finds there.</summary>
internal static class NativeAddresses
{
    /// <summary>Whether the body hands the address of the receiver's field to code that cannot be read: <c>fixed (Context** at = &amp;_context) Close(at);</c>.</summary>
    public static bool HandOut(BodyUnit body, IFieldSymbol field)
    {
        if (field.Type is not IPointerTypeSymbol and not { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr })
        {
            return false;
        }

        foreach (var operation in body.Operations())
        {
            if (operation is not IAddressOfOperation { Reference: IFieldReferenceOperation { Instance: IInstanceReferenceOperation, Field: var at } } address || !SymbolEqualityComparer.Default.Equals(at.OriginalDefinition, field))
            {
                continue;
            }

            if (IsForNative(address) || (Outermost(address).Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } && body.Operations().Any(other => other is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && IsForNative(reference))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsForNative(IOperation value) =>
        Outermost(value).Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var called } } && (called.IsExtern || called.DeclaringSyntaxReferences.IsEmpty || called.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "LibraryImportAttribute"));

    private static IOperation Outermost(IOperation value)
    {
        // the initializer of a 'fixed' is an operation without a kind of its own
        while (value.Parent is IConversionOperation or { Kind: OperationKind.None })
        {
            value = value.Parent;
        }

        return value;
    }
}
