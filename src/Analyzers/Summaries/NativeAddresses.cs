using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Fields of whose addresses native code is told: it takes, or closes, what it finds there.</summary>
internal static class NativeAddresses
{
    /// <summary>So many functions of the source stand between the field and native code.</summary>
    private const int MaximumDepth = 3;

    /// <summary>Whether the body hands the address of the receiver's field to code that cannot be read: <c>fixed (Context** at = &amp;_context) Close(at);</c>.</summary>
    public static bool HandOut(BodyUnit body, IFieldSymbol field, BodyStore bodies, CancellationToken cancellationToken)
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

            if (IsForNative(address, bodies, cancellationToken) || (Outermost(address).Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } && body.Operations().Any(other => other is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && IsForNative(reference, bodies, cancellationToken))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the body hands the whole object, which is laid out for native code, to such code: <c>PropVariantClear(this)</c>.</summary>
    public static bool HandOutReceiver(BodyUnit body, BodyStore bodies, CancellationToken cancellationToken) =>
        body.Operations().Any(operation => operation is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } self && IsForNative(self, bodies, cancellationToken));

    /// <summary>Whether native code may be handed objects of the type by the address of their first field.</summary>
    public static bool IsLaidOutForNative(INamedTypeSymbol type) =>
        type.GetAttributes().Any(static attribute => attribute is { AttributeClass.Name: "StructLayoutAttribute", ConstructorArguments: { Length: 1 } arguments } && arguments[0].Value is 0 or (short)0 or 2 or (short)2);

    /// <summary>The value is an argument of code that cannot be read, or of a function that hands it on to such code.</summary>
    private static bool IsForNative(IOperation value, BodyStore bodies, CancellationToken cancellationToken)
    {
        var pending = new Stack<(IOperation Value, int Depth)>();
        pending.Push((value, 0));
        while (pending.Count > 0)
        {
            var (at, depth) = pending.Pop();
            if (Outermost(at).Parent is not IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation { TargetMethod: var called } })
            {
                continue;
            }

            if (called.IsExtern || called.DeclaringSyntaxReferences.IsEmpty || called.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "LibraryImportAttribute"))
            {
                return true;
            }

            if (depth < MaximumDepth && bodies.BodyOf(called.OriginalDefinition, cancellationToken) is { } inner)
            {
                foreach (var mention in inner.Operations())
                {
                    if (mention is IParameterReferenceOperation { Parameter: var handed } && handed.Ordinal == parameter.Ordinal && SymbolEqualityComparer.Default.Equals(handed.ContainingSymbol, called.OriginalDefinition))
                    {
                        pending.Push((mention, depth + 1));
                    }
                }
            }
        }

        return false;
    }

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
