using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// What a base class asks for by one override it gives to another one to release: <c>override HandleRef BuildWindowCore(...)</c>
/// makes a window, and <c>override void DestroyWindowCore(HandleRef window)</c> is handed it when the time has come.
/// </summary>
internal static class BaseProtocols
{
    /// <summary>Whether the member that fills the field hands its base what the field holds, and another member of the type is there to be handed it again.</summary>
    public static bool TakeBack(SyntaxNode site, IFieldSymbol field)
    {
        if (site.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } making || !Returns(making, field.Name))
        {
            return false;
        }

        var methods = field.ContainingType.GetMembers().OfType<IMethodSymbol>().Where(static method => method is { IsOverride: true, MethodKind: MethodKind.Ordinary }).ToList();
        return methods.Find(method => method.DeclaringSyntaxReferences.Any(reference => reference.Span == making.Span && reference.SyntaxTree == making.SyntaxTree)) is { } maker &&
            methods.Exists(other => other.ReturnsVoid && other.Parameters.Length > 0 && SymbolEqualityComparer.Default.Equals(other.Parameters[0].Type, maker.ReturnType) && PassesOn(other));
    }

    private static bool Returns(MethodDeclarationSyntax making, string field) =>
        making.DescendantNodes().OfType<ReturnStatementSyntax>().Any(given => given.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == field));

    private static bool PassesOn(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes().OfType<ArgumentSyntax>().Any(argument => argument.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == method.Parameters[0].Name)));
}
