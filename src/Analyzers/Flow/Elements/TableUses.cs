using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Elements;

/// <summary>What becomes of an element that is taken out of an array by an index that nobody knows.</summary>
internal static class TableUses
{
    /// <summary>Whether what lies behind the element is only read or written: no call may release or keep it, and no variable gets it.</summary>
    public static bool IsOnlyUsed(IOperation? element, KnownMembers known)
    {
        if (element is not IArrayElementReferenceOperation and not { Kind: OperationKind.None, Syntax.RawKind: (int)SyntaxKind.ElementAccessExpression })
        {
            return false;
        }

        var at = element;
        while (at.Parent is IConversionOperation { OperatorMethod: null })
        {
            at = at.Parent;
        }

        return at.Parent switch
        {
            IArgumentOperation { Parameter: { RefKind: RefKind.None } parameter, Parent: IInvocationOperation call } => IsBorrowed(call, parameter, known),
            IBinaryOperation => true,

            // a pointer is followed: *rows[i], rows[i][0], rows[i]->Next
            { Kind: OperationKind.None, Syntax.RawKind: (int)SyntaxKind.PointerIndirectionExpression } => true,
            { Kind: OperationKind.None, Syntax.RawKind: (int)SyntaxKind.ElementAccessExpression } => true,
            IFieldReferenceOperation { Syntax.RawKind: (int)SyntaxKind.PointerMemberAccessExpression } => true,
            _ => false,
        };
    }

    private static bool IsBorrowed(IInvocationOperation call, IParameterSymbol parameter, KnownMembers known) =>
        known.ContractOf(call) is { } contract && contract.HandoverOf(parameter.Ordinal) is not Handover.Unknown and var handover
            ? handover == Handover.Borrows
            : KnownMembers.IsImport(call.TargetMethod) && !known.MayTakeOver(call.TargetMethod);
}
