using System.Text.RegularExpressions;
using LifetimeAnalyzers.CodeFixes.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>How the file at hand writes the type of a local that it could leave to the compiler.</summary>
internal static class LocalType
{
    /// <summary>So many places of a file say how it is written.</summary>
    private const int MostPlaces = 40;

    /// <summary>So many places of a file that agree are a rule.</summary>
    private const int FewestAgreeing = 4;

    /// <summary>The kind of <c>[a, b]</c>, which the compiler that this is built with does not know.</summary>
    private const int CollectionExpression = 9076;

    /// <summary>
    /// The type of a local for <paramref name="type"/> at <paramref name="position"/>: <c>var</c>, unless the options of the
    /// file, most locals of the body, or else of the file, say their type. <paramref name="isApparent"/> where the value
    /// says it: <c>new T()</c>.
    /// </summary>
    public static string Of(FixSite site, ITypeSymbol type, int position, bool isApparent = false) =>
        type is IPointerTypeSymbol or IFunctionPointerTypeSymbol || IsNamed(site, type, position, isApparent) ? Named(site, type, position) : "var";

    /// <summary>The same for a local that is given <paramref name="value"/> and has to be of the type to which that is converted.</summary>
    public static string Of(FixSite site, ExpressionSyntax value, ITypeSymbol? converted)
    {
        var natural = site.Model.GetTypeInfo(value, site.CancellationToken).Type;
        return (converted ?? natural) is not { } type ? "var" : SymbolEqualityComparer.Default.Equals(natural, type) && !IsNamed(site, type, value.SpanStart, IsApparent(value)) ? "var" : Named(site, type, value.SpanStart);
    }

    private static bool IsNamed(FixSite site, ITypeSymbol type, int position, bool isApparent) =>
        !type.IsAnonymousType && type.TypeKind != TypeKind.Error && (Wanted(site, type, isApparent) is { } wanted ? !wanted : IsSaid(site, position, isApparent));

    /// <summary>The name of <paramref name="type"/>, as short as it can be at <paramref name="position"/>.</summary>
    public static string Named(FixSite site, ITypeSymbol type, int position)
    {
        var annotated = site.Model.GetNullableContext(position).AnnotationsEnabled();
        var written = (annotated ? type : type.WithNullableAnnotation(NullableAnnotation.None)).ToMinimalDisplayString(site.Model, position);
        return Regex.IsMatch(written, @"\bnint\b") ? Regex.Replace(written, @"\bnint\b", ReleaseText.NativeInteger(site, position)) : written;
    }

    /// <summary>What the options say: whether it is to be <c>var</c>.</summary>
    private static bool? Wanted(FixSite site, ITypeSymbol type, bool isApparent)
    {
        var options = site.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(site.Root.SyntaxTree);
        var name = type.SpecialType is >= SpecialType.System_Object and <= SpecialType.System_UIntPtr and not (SpecialType.System_Void or SpecialType.System_Enum or SpecialType.System_MulticastDelegate or SpecialType.System_Delegate or SpecialType.System_ValueType) ? "for_built_in_types" : isApparent ? "when_type_is_apparent" : "elsewhere";
        return options.TryGetValue("csharp_style_var_" + name, out var value) ? value.Split(':')[0].Trim() switch { "true" => true, "false" => false, _ => null } : null;
    }

    private static bool IsSaid(FixSite site, int position, bool isApparent)
    {
        // Some write var where the value says the type, and only there.
        var body = site.Root.FindToken(Math.Min(position, site.Root.Span.End - 1)).Parent?.AncestorsAndSelf().FirstOrDefault(node => node is MemberDeclarationSyntax and not (BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax or GlobalStatementSyntax));
        var inBody = body is null ? [] : Declared(body).Take(MostPlaces).ToList();
        var inFile = Declared(site.Root).Take(MostPlaces).ToList();
        var alike = inFile.FindAll(one => one.IsApparent == isApparent);
        var agrees = alike.Count >= FewestAgreeing && alike.TrueForAll(one => one.Type.IsVar == alike[0].Type.IsVar);
        foreach (var asked in new[] { inBody.FindAll(one => one.IsApparent == isApparent), agrees ? alike : [], inBody, alike, inFile })
        {
            if (asked.Count > 0)
            {
                return 2 * asked.Count(one => !one.Type.IsVar) > asked.Count;
            }
        }

        return false;
    }

    /// <summary>The locals that could be declared either way.</summary>
    private static IEnumerable<(TypeSyntax Type, bool IsApparent)> Declared(SyntaxNode around)
    {
        foreach (var node in around.DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax or ForStatementSyntax or UsingStatementSyntax, Type: var type, Variables: { Count: 1 } variables } when variables[0].Initializer?.Value is { } value && value is not (ImplicitObjectCreationExpressionSyntax or StackAllocArrayCreationExpressionSyntax or AnonymousFunctionExpressionSyntax or LiteralExpressionSyntax { Token.ValueText: "null" or "default" }) && value.RawKind != CollectionExpression && type is not PointerTypeSyntax:
                    yield return (type, IsApparent(value));
                    break;
                case ForEachStatementSyntax loop:
                    yield return (loop.Type, false);
                    break;
                case DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax } declaration:
                    yield return (declaration.Type, false);
                    break;
            }
        }
    }

    /// <summary>The value says its type.</summary>
    private static bool IsApparent(ExpressionSyntax value) => value is ObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or CastExpressionSyntax or LiteralExpressionSyntax or DefaultExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression };
}
