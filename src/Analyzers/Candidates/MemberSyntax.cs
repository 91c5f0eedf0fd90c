using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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

    public static TypeSyntax? ResultTypeOf(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax method => method.ReturnType,
        BasePropertyDeclarationSyntax property => property.Type,
        OperatorDeclarationSyntax declared => declared.ReturnType,
        ConversionOperatorDeclarationSyntax conversion => conversion.Type,
        _ => null,
    };

    public static bool IsStatic(SyntaxNode member) => member is MemberDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.StaticKeyword);

    /// <summary>The member that the code at a position belongs to; null outside of types.</summary>
    public static SyntaxNode? MemberAround(SyntaxNode root, int position)
    {
        for (var node = root.FindToken(position).Parent; node is not null; node = node.Parent)
        {
            if (node is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax)
            {
                return node;
            }

            if (node is BaseTypeDeclarationSyntax or GlobalStatementSyntax)
            {
                return node is GlobalStatementSyntax ? node : null;
            }
        }

        return null;
    }

    public static string? TypeAround(SyntaxNode member) => (member.Parent as TypeDeclarationSyntax)?.Identifier.ValueText;

    /// <summary>The type that a static member stands behind; null for other members, and for those of extension blocks.</summary>
    public static string? StaticTypeOf(SyntaxNode member) => IsStatic(member) && TypeAround(member) is { Length: > 0 } type ? type : null;
}
