using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Transfer;

/// <summary>
/// Methods of structs that are not followed and leave the struct as it is, though they are not declared as <c>readonly</c>:
/// by their text they only read its fields.
/// </summary>
internal sealed class UnchangedReceivers
{
    // an operation is carried out once for every state
    private readonly Dictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a call of the method leaves its receiver unchanged.</summary>
    public bool Contain(IMethodSymbol method)
    {
        if (method.IsReadOnly || method is not { IsStatic: false, MethodKind: MethodKind.Ordinary, ContainingType.TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.Length: 1 })
        {
            return method.IsReadOnly;
        }

        if (!_known.TryGetValue(method.OriginalDefinition, out var reads))
        {
            _known.Add(method.OriginalDefinition, reads = OnlyReads(method.OriginalDefinition));
        }

        return reads;
    }

    private static bool OnlyReads(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences[0].GetSyntax() is MethodDeclarationSyntax declaration && (declaration.Body ?? (SyntaxNode?)declaration.ExpressionBody) is { } body &&
        body.DescendantNodes().All(node => node switch
        {
            ThisExpressionSyntax self => self.Parent is MemberAccessExpressionSyntax,
            IdentifierNameSyntax name when IsOfReceiver(name) => IsOnlyRead(name, method.ContainingType),
            _ => true,
        });

    /// <summary><c>name</c> or <c>this.name</c>, and not a member of something else.</summary>
    private static bool IsOfReceiver(IdentifierNameSyntax name) =>
        name.Parent is not MemberAccessExpressionSyntax access || access.Name != name || access.Expression is ThisExpressionSyntax;

    private static bool IsOnlyRead(IdentifierNameSyntax name, INamedTypeSymbol type)
    {
        var named = type.GetMembers(name.Identifier.ValueText);
        if (named.IsEmpty || named.All(static member => member.IsStatic))
        {
            return true;
        }

        SyntaxNode mention = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } ofThis ? ofThis : name;
        var isValue = named.Any(static member => member is IFieldSymbol { Type.IsValueType: true } or IPropertySymbol { Type.IsValueType: true });
        return named.All(static member => member is IFieldSymbol or IPropertySymbol) && mention.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left != mention,
            PrefixUnaryExpressionSyntax prefix => prefix.RawKind is not ((int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression),
            PostfixUnaryExpressionSyntax postfix => postfix.RawKind is (int)SyntaxKind.SuppressNullableWarningExpression,
            ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.None),
            RefExpressionSyntax => false,
            MemberAccessExpressionSyntax access => access.Expression != mention || !isValue,
            _ => true,
        };
    }
}
