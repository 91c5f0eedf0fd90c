using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary>Functions of the framework that give the same for the same: what is asked twice has one answer, as in <c>OperatingSystem.IsWindows()</c> or <c>string.IsNullOrEmpty(name)</c>.</summary>
internal static class PureFunctions
{
    /// <summary>What such a call gives, as an expression over its arguments; null when the call is another.</summary>
    public static Value? ValueOf(Call call, Universe universe)
    {
        if (IsNullOrEmpty(call, universe) is { } isNullOrEmpty)
        {
            return isNullOrEmpty;
        }

        var method = call.Method;
        if (call.Operation is not (IInvocationOperation or IBinaryOperation) || !method.DeclaringSyntaxReferences.IsEmpty || !IsPlain(method.ReturnType) || !IsPure(method.ContainingType))
        {
            return null;
        }

        var value = call.Receiver ?? new Const(method.ContainingType.Name);
        if (value is not (Sym or Const or Expression) || !method.Parameters.All(static parameter => parameter.RefKind == RefKind.None && IsPlain(parameter.Type)))
        {
            return null;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Value is not (Sym or Const or Expression))
            {
                return null;
            }

            value = Conditions.Make(Operator.Other, value, argument.Value, method.OriginalDefinition);
        }

        return call.Arguments.IsEmpty ? Conditions.Make(Operator.Other, value, Value.Null, method.OriginalDefinition) : value;
    }

    /// <summary>The property that says how many elements there are of what <paramref name="isEmpty"/> says that it has none; null when there is none.</summary>
    public static IPropertySymbol? SizeOf(IPropertySymbol isEmpty)
    {
        if (!isEmpty.DeclaringSyntaxReferences.IsEmpty || isEmpty.IsStatic)
        {
            return null;
        }

        foreach (var name in s_sizes)
        {
            foreach (var member in isEmpty.ContainingType.GetMembers(name))
            {
                if (member is IPropertySymbol { Type.SpecialType: SpecialType.System_Int32, IsStatic: false } size)
                {
                    return size;
                }
            }
        }

        return null;
    }

    private static readonly string[] s_sizes = { "Length", "Count" };

    /// <summary><c>string.IsNullOrEmpty(s)</c> asks two things: whether it is null, and whether it has no characters. Null when the call is another.</summary>
    private static Value? IsNullOrEmpty(Call call, Universe universe)
    {
        if (call.Method is not { Name: "IsNullOrEmpty", ContainingType: { SpecialType: SpecialType.System_String } type } || call.Arguments.Length != 1 || call.Arguments[0].Value is not Sym text)
        {
            return null;
        }

        foreach (var member in type.GetMembers("Length"))
        {
            if (member is IPropertySymbol length)
            {
                return Conditions.Make(Operator.Or, Conditions.Make(Operator.Equal, text, Value.Null), Conditions.Make(Operator.Equal, universe.Read(text, length, length.Type), new Const(0L)));
            }
        }

        return null;
    }

    /// <summary>Whether the method gives a position, or -1 for none: <c>IndexOf</c>, <c>FindLastIndex</c>.</summary>
    public static bool IsPosition(IMethodSymbol method) =>
        method is { ReturnType.SpecialType: SpecialType.System_Int32, DeclaringSyntaxReferences.IsEmpty: true, Name: "IndexOf" or "LastIndexOf" or "IndexOfAny" or "LastIndexOfAny" or "FindIndex" or "FindLastIndex" };

    private static bool IsPure(INamedTypeSymbol? type) =>
        type is { ContainingNamespace: { } space } && (type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String || type.Name is "Math" or "OperatingSystem" or "RuntimeInformation" || IsValue(type)) &&
        space.ToDisplayString() is "System" or "System.Runtime.InteropServices";

    /// <summary>Types whose values do not change.</summary>
    private static bool IsPlain(ITypeSymbol type) =>
        type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String || type.TypeKind == TypeKind.Enum || type.Name == "OSPlatform" || IsValue(type);

    private static bool IsValue(ITypeSymbol type) => type is { Name: "Guid" or "DateTime" or "DateTimeOffset" or "TimeSpan" or "Decimal", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
}
