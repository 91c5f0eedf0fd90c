using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Candidates;

/// <summary>What the declaration of a member tells without being bound.</summary>
internal static class MemberSyntax
{
    /// <summary>How a call of the method looks.</summary>
    public static WordShapes ShapesOf(MethodDeclarationSyntax method)
    {
        var parameters = method.ParameterList.Parameters;
        var isExtension = parameters.Count > 0 && parameters[0].Modifiers.Any(SyntaxKind.ThisKeyword);
        if (isExtension)
        {
            return WordShapes.Call;
        }

        return parameters.Count == 0 ? WordShapes.CallWithoutArguments
            : parameters.All(parameter => parameter.Default is not null || parameter.Modifiers.Any(SyntaxKind.ParamsKeyword)) ? WordShapes.Call
            : WordShapes.CallWithArguments;
    }

    /// <summary>The name by which a call calls something: <c>Free(p)</c>, <c>pool.Return(p)</c>; null where it calls by something else, or with type arguments.</summary>
    public static string? NameOfCalled(InvocationExpressionSyntax call) => call.Expression switch
    {
        IdentifierNameSyntax simple => simple.Identifier.ValueText,
        MemberAccessExpressionSyntax { Name: IdentifierNameSyntax simple } => simple.Identifier.ValueText,
        _ => null,
    };

    public static TypeSyntax? ResultTypeOf(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax method => method.ReturnType,
        BasePropertyDeclarationSyntax property => property.Type,
        OperatorDeclarationSyntax declared => declared.ReturnType,
        ConversionOperatorDeclarationSyntax conversion => conversion.Type,
        _ => null,
    };

    public static bool IsStatic(SyntaxNode member) => member is MemberDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.StaticKeyword);

    /// <summary>All members and global statements of a file, those of nested types among them.</summary>
    public static IEnumerable<SyntaxNode> MembersOf(SyntaxNode root) =>
        root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or BaseTypeDeclarationSyntax)
            .Where(static node => node is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax or GlobalStatementSyntax);

    public static string? TypeAround(SyntaxNode member) => (member.Parent as TypeDeclarationSyntax)?.Identifier.ValueText;

    /// <summary>The names of the types that a member can call its members without: its own, and those around it.</summary>
    public static IEnumerable<string> TypesAround(SyntaxNode member)
    {
        if (member is GlobalStatementSyntax)
        {
            yield return "Program";
        }

        for (var outer = member.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is TypeDeclarationSyntax type)
            {
                yield return type.Identifier.ValueText;
            }
        }
    }

    /// <summary>The text of a member in front of its body.</summary>
    public static string HeaderOf(SyntaxNode member)
    {
        var body = member.ChildNodes().FirstOrDefault(static child => child is BlockSyntax or ArrowExpressionClauseSyntax or AccessorListSyntax or ConstructorInitializerSyntax or EqualsValueClauseSyntax);
        return body is null ? member.ToString() : member.SyntaxTree.GetText().ToString(TextSpan.FromBounds(member.SpanStart, body.SpanStart));
    }
}
