using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Contracts;

/// <summary>How a body uses a parameter where the flow facts alone do not say whether its contract is kept.</summary>
internal static class ParameterUses
{
    /// <summary>Whether code that cannot be read gets the parameter, or an address calculated from it is handed on: that may be what the contract promises.</summary>
    public static bool ReachUnknownCode(BodyUnit unit, IParameterSymbol parameter, KnownMembers known)
    {
        foreach (var reference in ReferencesTo(unit, parameter))
        {
            var isCalculated = false;
            for (var node = reference; node is not null; node = node.Parent)
            {
                isCalculated |= node is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract };
                if (node is IAnonymousFunctionOperation or ILocalFunctionOperation || (node is IArgumentOperation && (isCalculated || IsUnknown(node.Parent, known))))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the body changes the object that it is handed, or calls a method of the project on it: a pool may keep its books in its objects.</summary>
    public static bool AreChanged(BodyUnit unit, IParameterSymbol parameter) =>
        parameter.Type is { IsReferenceType: true, TypeKind: not TypeKind.Array } && ReferencesTo(unit, parameter).Any(reference => reference.Parent switch
        {
            IMemberReferenceOperation { Parent: IAssignmentOperation assignment } member => assignment.Target == member,
            IMemberReferenceOperation { Parent: IIncrementOrDecrementOperation or IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } } => true,
            IInvocationOperation call => call.Instance == reference && !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty,
            _ => false,
        });

    /// <summary>Whether the body asks the parameter something else than whether it is null, so that a way around the release may be right.</summary>
    public static bool AreTested(BodyUnit unit, IParameterSymbol parameter)
    {
        foreach (var reference in ReferencesTo(unit, parameter))
        {
            var value = reference;
            while (value.Parent is IConversionOperation or IParenthesizedOperation)
            {
                value = value.Parent;
            }

            var isTest = value.Parent switch
            {
                IPropertyReferenceOperation { Property.IsStatic: false } or ISwitchOperation or ISwitchExpressionOperation => true,
                IInvocationOperation { TargetMethod.ReturnType.SpecialType: SpecialType.System_Boolean } => true,
                IIsPatternOperation pattern => pattern.Pattern is not (IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation }),
                IBinaryOperation { Type.SpecialType: SpecialType.System_Boolean } comparison => !IsNothing(comparison.LeftOperand == value ? comparison.RightOperand : comparison.LeftOperand),
                _ => false,
            };
            if (isTest)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<IOperation> ReferencesTo(BodyUnit unit, IParameterSymbol parameter) =>
        unit.Root.Descendants().Where(operation => operation is IParameterReferenceOperation reference && reference.Parameter.Ordinal == parameter.Ordinal && reference.Parameter.Name == parameter.Name);

    private static bool IsUnknown(IOperation? call, KnownMembers known)
    {
        var target = call switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        if (target is null || target.MethodKind == MethodKind.DelegateInvoke || ImportedFunction.Of(target) is not null)
        {
            return target is null || known.ContractOf(target) is null;
        }

        return target.DeclaringSyntaxReferences.IsEmpty
            ? known.ContractOf(target) is null && !IsOfFramework(target.ContainingAssembly)
            : known.ContractOf(target) is null && (target.IsAbstract || target.IsExtern);
    }

    private static bool IsOfFramework(IAssemblySymbol? assembly) =>
        assembly?.Name is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib" or "netstandard");

    /// <summary>Null, zero or the default pointer.</summary>
    private static bool IsNothing(IOperation operand)
    {
        while (operand is IConversionOperation conversion)
        {
            operand = conversion.Operand;
        }

        return operand is IDefaultValueOperation || operand.ConstantValue is { HasValue: true, Value: null or 0 or 0L } || operand is IFieldReferenceOperation { Field.Name: "Zero" };
    }
}
