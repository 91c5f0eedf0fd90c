using LifetimeAnalyzers.Families;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>What is taken out of a collection has gone on in the same member: into another collection, or to who has been called with it.</summary>
internal static class CarriedElements
{
    /// <summary>
    /// <c>if (_used.Remove(block)) _free.Push(block);</c>, or <c>foreach (var item in _items) take(item); _items.Clear();</c> with a delegate of the caller's.
    /// </summary>
    /// <param name="drop">Where the element, or all of them, are taken out.</param>
    /// <param name="field">The collection.</param>
    public static bool GoOn(SyntaxNode? drop, IFieldSymbol field)
    {
        if (drop is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name }, ArgumentList.Arguments: var arguments } || drop.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
        {
            return false;
        }

        return name switch
        {
            "Remove" or "TryRemove" when arguments.Count > 0 && arguments[0].Expression is IdentifierNameSyntax { Identifier.ValueText: var element } =>
                member.DescendantNodes().Any(node => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax put } call && MemberNames.Additions.Contains(put.Name.Identifier.ValueText) && !IsField(put.Expression, field) && Hands(call, element)),
            "Clear" => member.DescendantNodes().Any(node => node is ForEachStatementSyntax { Identifier.ValueText: var item } loop && IsField(loop.Expression, field) && loop.SpanStart < drop.SpanStart &&
                loop.Statement.DescendantNodesAndSelf().Any(inner => inner is InvocationExpressionSyntax call && IsDelegateOf(member, call) && Hands(call, item))),
            _ => false,
        };
    }

    private static bool Hands(InvocationExpressionSyntax call, string name) => call.ArgumentList.Arguments.Any(argument => argument.Expression switch
    {
        IdentifierNameSyntax handed => handed.Identifier.ValueText == name,
        TupleExpressionSyntax tuple => tuple.Arguments.Any(part => part.Expression is IdentifierNameSyntax handed && handed.Identifier.ValueText == name),
        _ => false,
    });

    private static bool IsField(ExpressionSyntax expression, IFieldSymbol field) =>
        (expression as IdentifierNameSyntax ?? (expression as MemberAccessExpressionSyntax)?.Name)?.Identifier.ValueText == OwnerMembers.NameOf(field);

    /// <summary>The call of a parameter of the member: <c>take(item)</c>, <c>take.Invoke(item)</c>, <c>take?.Invoke(item)</c>.</summary>
    private static bool IsDelegateOf(MemberDeclarationSyntax member, InvocationExpressionSyntax call)
    {
        var called = call.Expression switch
        {
            IdentifierNameSyntax name => name,
            MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name, Name.Identifier.ValueText: "Invoke" } => name,
            MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Invoke" } when call.Parent is ConditionalAccessExpressionSyntax { Expression: IdentifierNameSyntax name } => name,
            _ => null,
        };
        return called is not null && member is BaseMethodDeclarationSyntax { ParameterList.Parameters: var parameters } && parameters.Any(parameter => parameter.Identifier.ValueText == called.Identifier.ValueText);
    }
}
