using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>One argument of a call.</summary>
/// <param name="Parameter">The parameter it is given for; null when there is none to be known.</param>
/// <param name="Operation">The expression.</param>
/// <param name="Value">Its value before the call.</param>
/// <param name="Place">The place that is passed, when it is passed by reference.</param>
internal sealed record Argument(IParameterSymbol? Parameter, IOperation Operation, Value Value, Place? Place)
{
    /// <summary>Whether the callee may write to the place.</summary>
    public bool IsWritable => Parameter?.RefKind is RefKind.Ref or RefKind.Out;

    /// <summary>The variable whose address the argument is; null when it is none.</summary>
    public Place? Pointee => Value switch
    {
        Address { Place: var place } => place,
        NotHeap memory => memory.Variable,
        _ => null,
    };
}

/// <summary>A call in the form that the transfer works on: whatever the syntax, a method, a receiver and arguments.</summary>
internal sealed record Call(IOperation Operation, IMethodSymbol Method, IOperation? Instance, Value? Receiver, Place? ReceiverPlace, ImmutableArray<Argument> Arguments)
{
    // of the method that it was made for: a copy may be of another
    private (IMethodSymbol Method, string Text) _displayName;
    private (IMethodSymbol Method, string Text) _passedTo;

    /// <summary><c>: this(...)</c> or <c>: base(...)</c>, also where nobody has written it: it fills the object that somebody else has asked for.</summary>
    public bool IsInitializer => Method.MethodKind == MethodKind.Constructor && Operation is IInvocationOperation;

    /// <summary>The method with its containing type, as messages say it.</summary>
    public string DisplayName
    {
        get
        {
            if (!ReferenceEquals(_displayName.Method, Method))
            {
                _displayName = (Method, NameOf(Method, Operation));
            }

            return _displayName.Text;
        }
    }

    /// <summary>How an argument is used, as messages say it.</summary>
    public string PassedTo
    {
        get
        {
            if (!ReferenceEquals(_passedTo.Method, Method))
            {
                _passedTo = (Method, "passed to " + DisplayName);
            }

            return _passedTo.Text;
        }
    }

    /// <summary>The function that an operation calls, as messages say it.</summary>
    public static string NameOf(IMethodSymbol method, IOperation operation) => operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { Syntax: var called } } ? Calls.OneLine(called) + "()"
        : method.MethodKind == MethodKind.FunctionPointerSignature ? Calls.OneLine(operation.Syntax is InvocationExpressionSyntax { Expression: var pointer } ? pointer : operation.Syntax) + "()"
        : method.MethodKind == MethodKind.Constructor ? "new " + method.ContainingType.Name
        : method.MethodKind == MethodKind.LambdaMethod ? "the lambda"
        : method.MethodKind == MethodKind.LocalFunction ? method.Name
        : method.ContainingType is { } type ? type.Name + "." + method.Name : method.Name;
}
