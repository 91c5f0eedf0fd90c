using System.Text.RegularExpressions;
using LifetimeAnalyzers.CodeFixes.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>How the file at hand writes the type of a local that it could leave to the compiler.</summary>
internal static class LocalType
{
    /// <summary>So many places of a file say how it is written.</summary>
    private const int MostPlaces = 40;

    /// <summary>The type of a local for <paramref name="type"/> at <paramref name="position"/>: <c>var</c>, unless most locals of the file say their type.</summary>
    public static string Of(FixSite site, ITypeSymbol type, int position)
    {
        if (type is not IPointerTypeSymbol and not IFunctionPointerTypeSymbol && !IsSaid(site.Root))
        {
            return "var";
        }

        return Named(site, type, position);
    }

    /// <summary>The name of <paramref name="type"/>, as short as it can be at <paramref name="position"/>.</summary>
    public static string Named(FixSite site, ITypeSymbol type, int position)
    {
        var annotated = site.Model.GetNullableContext(position).AnnotationsEnabled();
        var written = (annotated ? type : type.WithNullableAnnotation(NullableAnnotation.None)).ToMinimalDisplayString(site.Model, position);
        return Regex.IsMatch(written, @"\bnint\b") ? Regex.Replace(written, @"\bnint\b", ReleaseText.NativeInteger(site, position)) : written;
    }

    private static bool IsSaid(SyntaxNode root)
    {
        var types = root.DescendantNodes().Select(node => node switch
        {
            VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax, Variables: var variables } declaration when variables[0].Initializer is not null => declaration.Type,
            ForEachStatementSyntax loop => loop.Type,
            DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax } declaration => declaration.Type,
            _ => null,
        }).Where(type => type is not null).Take(MostPlaces).ToList();
        return 2 * types.Count(type => !type!.IsVar) > types.Count;
    }
}
