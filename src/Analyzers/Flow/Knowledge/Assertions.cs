using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Knowledge;

/// <summary>
/// What holds behind <c>Assert.True(handle.IsInvalid)</c>: a test that goes on has found it so. Goes by names, which are
/// the same in the test frameworks, so that it works where these do not bind as well.
/// </summary>
internal static class Assertions
{
    /// <summary>Whether a type of that name checks conditions.</summary>
    public static bool IsFramework(string? type) => type is "Assert" or "ClassicAssert";

    /// <summary>The condition that a call of <c>Assert</c> checks, by the value it is about, the first of <paramref name="count"/>; null when it is none that says something of values.</summary>
    public static Value? ConditionOf(string method, Value subject, int count) => method switch
    {
        "True" or "IsTrue" => subject,
        "That" when count == 1 => subject,
        "False" or "IsFalse" => Conditions.Not(subject),
        "Null" or "IsNull" => Conditions.Make(Operator.Equal, subject, Value.Null),
        "NotNull" or "IsNotNull" => Conditions.Not(Conditions.Make(Operator.Equal, subject, Value.Null)),
        "Zero" => Conditions.Make(Operator.Equal, subject, new Const(0L)),
        "NotZero" => Conditions.Not(Conditions.Make(Operator.Equal, subject, new Const(0L))),
        _ => null,
    };

    /// <summary>What a call that does not bind asserts by, when its text says so.</summary>
    public static string? MethodOf(SyntaxNode unbound) =>
        unbound is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var method }, Expression: var framework } } &&
        IsFramework(framework switch { IdentifierNameSyntax name => name.Identifier.ValueText, MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText, _ => null }) ? method : null;

    /// <summary>Whether a function without source may throw for an argument that is null: <c>ArgumentNullException.ThrowIfNull(name)</c>.</summary>
    public static bool IsGuard(IMethodSymbol method) =>
        method is { IsStatic: true, Parameters.IsEmpty: false, DeclaringSyntaxReferences.IsEmpty: true, Name: var name } && (name.StartsWith("ThrowIf", StringComparison.Ordinal) || name.EndsWith("Null", StringComparison.Ordinal) || name.IndexOf("NullOr", StringComparison.Ordinal) >= 0) &&
        method.Parameters.Any(static parameter => IsNotNull(parameter));

    /// <summary>What such a function has let pass is not null.</summary>
    public static void AssumeGuarded(Call call, Frame frame)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { Parameter: { } parameter, Value: Sym } && IsNotNull(parameter) && !frame.IsDead)
            {
                Assume(Conditions.Not(Conditions.Make(Operator.Equal, argument.Value, Value.Null)), frame);
            }
        }
    }

    private static bool IsNotNull(IParameterSymbol parameter) => parameter.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "NotNullAttribute");

    /// <summary>Goes on only where the condition holds.</summary>
    public static void Assume(Value? condition, Frame frame)
    {
        if (condition is null or UnknownValue)
        {
            return;
        }

        if (Conditions.Assume(condition, true, frame.State) is { } state)
        {
            frame.State = state;
        }
        else
        {
            frame.EndPath();
        }
    }
}
