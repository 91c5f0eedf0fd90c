using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>Delegates that stand for functions of a native library: they throw nothing, and keep what they are handed only as imported functions do.</summary>
internal static class NativeDelegates
{
    /// <summary>Whether <paramref name="method"/> is the call of a delegate whose type is made for native functions.</summary>
    public static bool IsCallOf(IMethodSymbol method) =>
        method.MethodKind == MethodKind.DelegateInvoke && method.ContainingType.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "UnmanagedFunctionPointerAttribute");

    /// <summary>The same, or of a delegate of any other type that was made of the address of a native function, or of a pointer to one.</summary>
    public static bool IsCallOf(Call call) =>
        call.Method.MethodKind == MethodKind.FunctionPointerSignature ? IsUnmanaged(call.Operation.ChildOperations.FirstOrDefault()?.Type) : IsCallOfDelegate(call);

    /// <summary>The calling convention itself lies in an assembly that a compiler need not have loaded: the name of the type says the same.</summary>
    private static bool IsUnmanaged(ITypeSymbol? pointer) => pointer?.ToDisplayString().StartsWith("delegate* unmanaged", StringComparison.Ordinal) == true;

    private static bool IsCallOfDelegate(Call call) => call.Method.MethodKind == MethodKind.DelegateInvoke && (IsCallOf(call.Method) || IsMadeOfAddress(call.Receiver) || IsFieldMadeOfAddress(call.Instance));

    private static bool IsMadeOfAddress(Value? value) =>
        (value is Borrower borrower ? borrower.Result : value) is Sym { Origin: IInvocationOperation { TargetMethod.Name: MakeOfAddress } };

    /// <summary>The function that makes a delegate of the address of a native one, which has to stay loaded.</summary>
    public const string MakeOfAddress = "GetDelegateForFunctionPointer";

    /// <summary><c>static readonly Open s_open = Marshal.GetDelegateForFunctionPointer&lt;Open&gt;(address);</c></summary>
    private static bool IsFieldMadeOfAddress(IOperation? instance) =>
        instance is IFieldReferenceOperation { Field: { IsReadOnly: true, DeclaringSyntaxReferences: { Length: 1 } references } } &&
        references[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var made } && (made as CastExpressionSyntax)?.Expression is var inner && (inner ?? made) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: MakeOfAddress } };
}
