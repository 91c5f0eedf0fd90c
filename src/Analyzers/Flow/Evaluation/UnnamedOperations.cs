using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Knowledge;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Evaluation;

/// <summary>What has no operation of its own in this version of Roslyn: pointer indirection, <c>stackalloc</c>, function pointers, what does not compile.</summary>
internal sealed class UnnamedOperations(Evaluator evaluator, Frame frame, Resources resources, Calls calls, References references)
{
    /// <summary>What has no operation of its own in this version of Roslyn: pointer indirection, stackalloc, function pointers, what does not compile.</summary>
    public Value EvalOther(IOperation operation)
    {
        switch (operation.Syntax)
        {
            case Microsoft.CodeAnalysis.CSharp.Syntax.StackAllocArrayCreationExpressionSyntax or Microsoft.CodeAnalysis.CSharp.Syntax.ImplicitStackAllocArrayCreationExpressionSyntax
                when operation.Kind == OperationKind.None:
                foreach (var child in operation.ChildOperations)
                {
                    evaluator.Eval(child);
                }

                return new NotHeap("memory on the stack ('stackalloc')") { Table = operation.Type is IPointerTypeSymbol { PointedAtType: var elements } && Frame.CanCarry(elements) ? calls.Fresh(operation) : null };

            case Microsoft.CodeAnalysis.CSharp.Syntax.PrefixUnaryExpressionSyntax prefix when prefix.IsKind(SyntaxKind.PointerIndirectionExpression) && operation.Kind == OperationKind.None:
            case Microsoft.CodeAnalysis.CSharp.Syntax.ElementAccessExpressionSyntax when operation.Kind == OperationKind.None:
            case Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax when operation.Kind == OperationKind.None:
            case { Parent: Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax arrow } when arrow.Expression == operation.Syntax && arrow.IsKind(SyntaxKind.PointerMemberAccessExpression) && operation.Kind == OperationKind.None:
                return EvalIndirection(operation, isWritten: false, out var pointer) is { } place ? references.ReadBehind(place, operation)
                    : Tables.BehindPointer(pointer) is { } table && Frame.CanCarry(operation.Type) ? evaluator.Element(operation, table)
                    : calls.FreshResult(operation);
        }

        if (operation.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax && operation.ChildOperations.FirstOrDefault() is { Type: IFunctionPointerTypeSymbol { Signature: var signature } } target)
        {
            var called = evaluator.Eval(target);
            resources.Use(called, operation, "called");
            var handed = operation.ChildOperations.Skip(1).Select(static child => child is IArgumentOperation argument ? argument.Value : child).ToList();
            return called is Closure closure
                ? calls.Apply(operation, closure.Target, handed.Select(evaluator.Eval).ToImmutableArray())
                : calls.CallPointer(new Call(operation, signature, null, null, null, handed.Select((child, i) => new Argument(i < signature.Parameters.Length ? signature.Parameters[i] : null, child, evaluator.Eval(child), null)).ToImmutableArray()));
        }

        Value? view = null;
        Value? asserted = null;
        var count = 0;
        foreach (var child in operation.ChildOperations)
        {
            var value = evaluator.Eval(child);
            if (child.Syntax.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.ArgumentSyntax)
            {
                asserted ??= value;
                count++;
            }

            if (value is Pointer { IsView: true } && operation.Type is { } type && Calls.IsViewType(type))
            {
                // memory[..n]
                view = value;
                continue;
            }

            // a lambda goes along with what it releases or keeps of what it captures
            calls.HandOver(value, operation);
        }

        if (asserted is not null && Assertions.MethodOf(operation.Syntax) is { } assertion)
        {
            Assertions.Assume(Assertions.ConditionOf(assertion, asserted, count), frame);
        }

        return view ?? calls.FreshResult(operation);
    }

    /// <summary><c>*p</c>, <c>p[i]</c>: uses the pointer; gives the place behind it, when that can be followed.</summary>
    public Place? EvalIndirection(IOperation operation, bool isWritten, out Value pointer)
    {
        Place? place = null;
        pointer = Value.Unknown;
        var isFirst = true;
        foreach (var child in operation.ChildOperations)
        {
            if (isFirst)
            {
                pointer = evaluator.Dereference(child, operation, "dereferenced");
                place = references.Pointee(pointer, operation.Type, references.IndexOf(operation));
                if (place is null && !(Tables.BehindPointer(pointer) is not null && References.HoldsPointers(operation.Type) && operation.ChildOperations.Count > 1))
                {
                    references.LookInside(pointer, isWritten ? null : operation.Type, operation);
                }
            }
            else
            {
                evaluator.Eval(child);
            }

            isFirst = false;
        }

        return place;
    }
}
