using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary><c>int? at = i</c>: whether there is a number is another question than whether it is zero, which of addresses are one.</summary>
internal static class Nullables
{
    private static readonly object HasValue = "HasValue";

    /// <summary>Whether values of the type are numbers, truths or members of an enum that may be missing.</summary>
    public static bool IsOne(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } of } &&
        (of[0].TypeKind == TypeKind.Enum || of[0].SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_UInt64);

    /// <summary>Whether a value of the type is missing.</summary>
    public static Value IsNull(Value value, ITypeSymbol? type) => !IsOne(type) ? Conditions.Make(Operator.Equal, value, Value.Null) : value switch
    {
        Const constant => Value.Of(constant.Value is null),
        Sym symbol when IsOne(symbol.Type) => Conditions.Not(new Expression(Operator.Other, symbol, Value.Null, HasValue)),
        Sym { Type.IsValueType: true } or Expression => Value.False,
        _ => Value.Unknown,
    };

    /// <summary><c>count &gt; 3</c>, where there may be no number: then it is not, and otherwise it is there.</summary>
    public static Value Compare(Operator op, Value left, Value right, bool isUnsigned, IOperation at, FlowState state)
    {
        var compared = Conditions.Compare(op, left, right, isUnsigned, state);
        if (at is not IBinaryOperation { IsLifted: true })
        {
            return compared;
        }

        foreach (var side in new[] { left, right })
        {
            if (side is Sym symbol && IsOne(symbol.Type))
            {
                compared = Conditions.Make(Operator.And, Conditions.Not(IsNull(side, symbol.Type)), compared);
            }
        }

        return compared;
    }

    /// <summary>The facts, with whether what two paths leave in a variable is there.</summary>
    public static Table<Value, Fact> Add(Table<Value, Fact> facts, Sym symbol, Value mine, FlowState known, Value theirs, FlowState added)
    {
        var about = new Expression(Operator.Other, symbol, Value.Null, HasValue);
        var here = Conditions.Truth(IsNull(mine, symbol.Type), known);
        return here is { } isNull && Conditions.Truth(IsNull(theirs, symbol.Type), added) == isNull ? facts.SetItem(about, Fact.Is(!isNull)) : facts.Remove(about);
    }
}
