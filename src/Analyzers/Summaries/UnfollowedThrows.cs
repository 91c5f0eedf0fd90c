using System.Collections.Concurrent;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Exceptions;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>What a body that is not followed can throw.</summary>
internal enum Thrown
{
    /// <summary>Nothing: it computes, and calls what does not throw.</summary>
    Nothing,

    /// <summary>Only what says that the caller is wrong; see <see cref="Misuse"/>.</summary>
    Misuse,

    /// <summary>Anything.</summary>
    Anything,
}

/// <summary>
/// Tells of a body that has nothing to do with any block, and so is not followed, whether it can throw: a helper that rounds a size
/// is no reason for a <c>finally</c>. Looks at each operation once, without regard to conditions. Bounded; thread-safe.
/// </summary>
internal sealed class UnfollowedThrows(KnownMembers known, BodyStore bodies, CallTargets targets)
{
    /// <summary>So many characters of text are looked at in each body.</summary>
    private const int MaximumLength = 2_000;

    /// <summary>So many bodies are looked at for one call.</summary>
    private const int MaximumBodies = 16;

    private readonly ConcurrentDictionary<IMethodSymbol, Thrown> _judged = new(SymbolEqualityComparer.Default);

    /// <summary>What a call of <paramref name="method"/> can throw.</summary>
    public Thrown Of(IMethodSymbol method, ITypeSymbol? exactType, CancellationToken cancellationToken)
    {
        var worst = Thrown.Nothing;
        var bodiesToRun = targets.TargetsOf(method, exactType, cancellationToken);
        if (bodiesToRun.IsEmpty)
        {
            return Thrown.Anything;
        }

        foreach (var target in bodiesToRun)
        {
            worst = Worse(worst, _judged.TryGetValue(target, out var judged) ? judged : _judged.GetOrAdd(target, Judge(target, cancellationToken)));
        }

        return worst;
    }

    private Thrown Judge(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var worst = Thrown.Nothing;
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { method };
        var pending = new Queue<IMethodSymbol>();
        pending.Enqueue(method);
        while (pending.Count > 0 && worst != Thrown.Anything)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (seen.Count > MaximumBodies || CodeOf(pending.Dequeue(), cancellationToken) is not { } body)
            {
                return Thrown.Anything;
            }

            worst = Worse(worst, InBody(body, seen, pending, cancellationToken));
        }

        return worst;
    }

    private IOperation? CodeOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var syntax = (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        return method.IsAsync || syntax.Span.Length > MaximumLength || !bodies.IsInCompilation(syntax.SyntaxTree) || syntax is not (BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax)
            ? null
            : bodies.ModelOf(syntax.SyntaxTree).GetOperation(syntax, cancellationToken) is { } operation ? operation is ILocalFunctionOperation function ? function.Body : operation : null;
    }

    private Thrown InBody(IOperation body, HashSet<IMethodSymbol> seen, Queue<IMethodSymbol> calls, CancellationToken cancellationToken)
    {
        var worst = Thrown.Nothing;
        var pending = new Stack<IOperation>();
        pending.Push(body);
        while (pending.Count > 0 && worst != Thrown.Anything)
        {
            var operation = pending.Pop();
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation or ITypeOfOperation)
            {
                continue;
            }

            if (operation is IThrowOperation or IInvocationOperation && Misuse.IsThrownBy(operation))
            {
                worst = Worse(worst, Thrown.Misuse);
                continue;
            }

            worst = Worse(worst, InOperation(operation, seen, calls, cancellationToken));
            foreach (var child in operation.ChildOperations)
            {
                pending.Push(child);
            }
        }

        return worst;
    }

    private Thrown InOperation(IOperation operation, HashSet<IMethodSymbol> seen, Queue<IMethodSymbol> calls, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case IInvocationOperation invocation:
                return InCall(invocation.TargetMethod, known.ContractOf(invocation));
            case IObjectCreationOperation { Constructor: { IsImplicitlyDeclared: false } constructor } creation:
                return InCall(constructor, known.ContractOf(creation));
            case IPropertyReferenceOperation { Property: var property } when References.BackingField(property) is null:
                if (property.DeclaringSyntaxReferences.IsEmpty)
                {
                    return property.Parameters.IsEmpty || (property.GetMethod is { } reader && known.ContractOf(reader)?.Throws == false) ? Thrown.Nothing : Thrown.Anything;
                }

                return Worse(
                    property.GetMethod is { } getter && !IsOnlyWritten(operation) ? InCall(getter, known.ContractOf(getter)) : Thrown.Nothing,
                    property.SetMethod is { } setter && IsWritten(operation) ? InCall(setter, known.ContractOf(setter)) : Thrown.Nothing);
            case IConversionOperation { OperatorMethod: { } conversion }:
                return InCall(conversion, known.ContractOf(conversion));
            case IBinaryOperation { OperatorMethod: { } binary }:
                return InCall(binary, known.ContractOf(binary));
            case IUnaryOperation { OperatorMethod: { } unary }:
                return InCall(unary, known.ContractOf(unary));
            case IForEachLoopOperation { Collection: var collection } when !QuietLoops.IsSimple(BodyAnalysis.StripConversions(collection)?.Type):
            case IThrowOperation or IAwaitOperation or IUsingOperation or IUsingDeclarationOperation or IEventAssignmentOperation or IInvalidOperation:
            case { Kind: OperationKind.None, Syntax: InvocationExpressionSyntax }:
            case IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation or IReturnOperation { Kind: not OperationKind.Return }:
                return Thrown.Anything;
            default:
                return Thrown.Nothing;
        }

        Thrown InCall(IMethodSymbol method, MemberContract? contract)
        {
            if (contract is { Throws: false } || KnownMembers.IsImport(method) || NativeDelegates.IsCallOf(method) || (method.ReturnsVoid && method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ConditionalAttribute")))
            {
                return Thrown.Nothing;
            }

            if (contract is { NeverReturns: true } || method.IsExtern || method.DeclaringSyntaxReferences.IsEmpty || targets.TargetsOf(method, null, cancellationToken) is not { IsEmpty: false } found)
            {
                return Thrown.Anything;
            }

            foreach (var target in found)
            {
                if (seen.Add(target))
                {
                    calls.Enqueue(target);
                }
            }

            return Thrown.Nothing;
        }
    }

    private static bool IsOnlyWritten(IOperation reference) => reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference;

    private static bool IsWritten(IOperation reference) => reference.Parent is IAssignmentOperation assignment ? assignment.Target == reference : reference.Parent is IIncrementOrDecrementOperation;

    private static Thrown Worse(Thrown one, Thrown other) => one > other ? one : other;
}
