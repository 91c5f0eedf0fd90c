using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Families;

/// <summary>A contract that holds only for calls in which one argument is a certain constant. Immutable.</summary>
/// <param name="Parameter">The ordinal of the deciding parameter.</param>
/// <param name="Constant">The constant: a <see cref="bool"/>, a <see cref="long"/>, or null for a null or zero pointer.</param>
/// <param name="Contract">What holds for such a call.</param>
internal sealed record ContractVariant(int Parameter, object? Constant, MemberContract Contract)
{
    /// <summary>Whether the deciding argument among <paramref name="arguments"/> is the constant.</summary>
    public bool Holds(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Ordinal == Parameter)
            {
                return Constant is null ? IsNull(argument.Value) : IsConstant(argument.Value);
            }
        }

        return false;
    }

    private bool IsConstant(IOperation value)
    {
        if (!value.ConstantValue.HasValue)
        {
            return value is IConversionOperation { OperatorMethod: null } conversion && IsConstant(conversion.Operand);
        }

        return (value.ConstantValue.Value, Constant) switch
        {
            (bool actual, bool expected) => actual == expected,
            (int actual, long expected) => actual == expected,
            (uint actual, long expected) => actual == expected,
            (long actual, long expected) => actual == expected,
            (ulong actual, long expected) => actual == unchecked((ulong)expected),
            (short actual, long expected) => actual == expected,
            (ushort actual, long expected) => actual == expected,
            (byte actual, long expected) => actual == expected,
            (sbyte actual, long expected) => actual == expected,
            _ => false,
        };
    }

    private static bool IsNull(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: null or 0 or 0u or 0L or 0UL } } => true,
        IDefaultValueOperation => true,
        IConversionOperation { OperatorMethod: null } conversion => IsNull(conversion.Operand),
        IFieldReferenceOperation { Field: { Name: "Zero", IsStatic: true, ContainingType.SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } } => true,
        _ => false,
    };
}
