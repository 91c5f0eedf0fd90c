using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow;

/// <summary>
/// What holds behind <c>Assert.True(handle.IsInvalid)</c>: a test that goes on has found it so. Goes by names, which are
/// the same in the test frameworks, so that it works where these do not bind as well.
/// </summary>
internal static class Assertions
{
    /// <summary>The place of the value that the call is about among its arguments.</summary>
    private const int Subject = 0;

    /// <summary>The condition that a call of <c>Assert</c> with the arguments checks; null when it is none that says something of values.</summary>
    public static Value? ConditionOf(string type, string method, IReadOnlyList<Value> arguments)
    {
        if (type != "Assert" || arguments.Count == 0)
        {
            return null;
        }

        var subject = arguments[Subject];
        return method switch
        {
            "True" or "IsTrue" => subject,
            "That" when arguments.Count == 1 => subject,
            "False" or "IsFalse" => Conditions.Not(subject),
            "Null" or "IsNull" => Conditions.Make(Operator.Equal, subject, Value.Null),
            "NotNull" or "IsNotNull" => Conditions.Not(Conditions.Make(Operator.Equal, subject, Value.Null)),
            "Zero" => Conditions.Make(Operator.Equal, subject, new Const(0L)),
            "NotZero" => Conditions.Not(Conditions.Make(Operator.Equal, subject, new Const(0L))),
            _ => null,
        };
    }

    /// <summary>The same for a call that does not bind, by its text.</summary>
    public static Value? ConditionOf(InvocationExpressionSyntax unbound, IReadOnlyList<Value> arguments) =>
        unbound.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var method }, Expression: var framework }
            ? ConditionOf(framework switch { IdentifierNameSyntax name => name.Identifier.ValueText, MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText, _ => "" }, method, arguments)
            : null;

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
