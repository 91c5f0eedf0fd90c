using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow;

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
