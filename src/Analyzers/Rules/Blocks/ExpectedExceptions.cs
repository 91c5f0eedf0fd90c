using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// Code that a test expects to throw: <c>Assert.Throws(() => new Buffer(-1))</c>. Its regular end is not reached, so that what is
/// still held there is no leak.
/// </summary>
internal static class ExpectedExceptions
{
    /// <summary>Whether the body is expected to throw. Goes by names, which are the same in all test frameworks.</summary>
    public static bool EndsIn(SyntaxNode body) => body switch
    {
        AnonymousFunctionExpressionSyntax lambda => IsExpected(lambda),
        LocalFunctionStatementSyntax function => IsUsedBy(function.Identifier.ValueText, function.Parent),
        MethodDeclarationSyntax { AttributeLists: { Count: > 0 } lists } => lists.SelectMany(static list => list.Attributes).Any(static attribute => NameOf(attribute.Name) is "ExpectedException" or "ExpectedExceptionAttribute"),
        _ => false,
    };

    private static bool IsExpected(AnonymousFunctionExpressionSyntax lambda)
    {
        SyntaxNode value = lambda;
        while (value.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax || value.Parent is ArgumentSyntax { Parent.Parent: ObjectCreationExpressionSyntax })
        {
            // new Action(() => ...)
            value = value.Parent is ArgumentSyntax { Parent.Parent: { } creation } ? creation : value.Parent;
        }

        return value.Parent switch
        {
            ArgumentSyntax argument => IsAssertion(argument),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax declaration } variable } => IsUsedBy(variable.Identifier.ValueText, declaration.Parent),
            _ => false,
        };
    }

    /// <summary>Whether an assertion in the block is about the delegate: <c>Assert.Throws(act)</c>, <c>act.Should().Throw()</c>.</summary>
    private static bool IsUsedBy(string name, SyntaxNode? block) => block is not null && block.DescendantNodes().Any(node =>
        node is IdentifierNameSyntax { Identifier.ValueText: var mentioned } && mentioned == name &&
        (node.Parent is ArgumentSyntax argument ? IsAssertion(argument) : node.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { Parent: MemberAccessExpressionSyntax { Name: var claim } } } && IsClaim(claim)));

    private static bool IsAssertion(ArgumentSyntax argument) =>
        argument.Parent?.Parent is InvocationExpressionSyntax invocation && invocation.Expression switch
        {
            MemberAccessExpressionSyntax access => IsClaim(access.Name) || (NameOf(access.Expression) is var framework && (access.Name.Identifier.ValueText, framework) is ("Catch" or "CatchAsync", "Assert") or ("Exception" or "ExceptionAsync", "Record")),
            SimpleNameSyntax name => IsClaim(name),
            _ => false,
        };

    private static bool IsClaim(SimpleNameSyntax name) => name.Identifier.ValueText is var text && text.StartsWith("Throw", StringComparison.Ordinal) && !text.StartsWith("ThrowIf", StringComparison.Ordinal);

    private static string NameOf(SyntaxNode? name) => name switch
    {
        QualifiedNameSyntax { Right: var right } => right.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => "",
    };
}
