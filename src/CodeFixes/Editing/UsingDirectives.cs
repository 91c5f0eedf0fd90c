using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Editing;

/// <summary>Names a type at a place, with a <c>using</c> directive where one is needed and possible.</summary>
internal static class UsingDirectives
{
    /// <summary>The name under which <paramref name="type"/> can be written at <paramref name="position"/>; adds the directive to <paramref name="edits"/>.</summary>
    public static string Name(FixSite site, TextEdits edits, INamedTypeSymbol type, int position)
    {
        var bound = site.Model.GetSpeculativeTypeInfo(position, SyntaxFactory.ParseTypeName(type.Name), SpeculativeBindingOption.BindAsTypeOrNamespace).Type;
        if (SymbolEqualityComparer.Default.Equals(bound, type))
        {
            return type.Name;
        }

        var space = type.ContainingNamespace.ToDisplayString();
        if (bound is not null and not IErrorTypeSymbol || site.Model.LookupSymbols(position, name: type.Name).Any())
        {
            return space + "." + type.Name;
        }

        Add(site, edits, space, position);
        return type.Name;
    }

    /// <summary>Makes the extension methods of <paramref name="type"/> known at <paramref name="position"/>.</summary>
    public static void Need(FixSite site, TextEdits edits, INamedTypeSymbol type, int position)
    {
        if (!site.Model.LookupNamespacesAndTypes(position, name: type.Name).Contains(type, SymbolEqualityComparer.Default))
        {
            Add(site, edits, type.ContainingNamespace.ToDisplayString(), position);
        }
    }

    private static void Add(FixSite site, TextEdits edits, string space, int position)
    {
        var unit = (CompilationUnitSyntax)site.Root;
        var inner = unit.FindToken(position).Parent?.AncestorsAndSelf().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault(scope => scope.Usings.Count > 0);
        var usings = inner is not null && unit.Usings.Count == 0 ? inner.Usings : unit.Usings;
        var plain = usings.Where(directive => directive.Alias is null && !directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword) && !directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword)).ToList();
        var line = "using " + space + ";" + site.Layout.NewLine;
        if (plain.Count == 0)
        {
            edits.InsertFirst(AfterHeader(site), line + (usings.Count == 0 ? site.Layout.NewLine : string.Empty));
            return;
        }

        var next = plain.Find(directive => Compare(directive.Name?.ToString() ?? string.Empty, space) > 0);
        var anchor = next ?? plain[plain.Count - 1];
        var indent = site.Layout.IndentAt(anchor.SpanStart);
        edits.InsertFirst(next is not null ? site.Layout.LineStart(next.SpanStart) : site.Layout.NextLine(anchor.Span.End), indent + line);
    }

    /// <summary>System's namespaces come first; the others follow by name.</summary>
    private static int Compare(string left, string right)
    {
        var leftIsSystem = IsSystem(left);
        return leftIsSystem != IsSystem(right) ? (leftIsSystem ? -1 : 1) : string.CompareOrdinal(left, right);
    }

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);

    /// <summary>The start of the file, or the line after the comment that heads it.</summary>
    private static int AfterHeader(FixSite site)
    {
        var first = site.Root.GetFirstToken(includeZeroWidth: true);
        if (!site.Text.ToString(first.FullSpan).StartsWith("//", StringComparison.Ordinal) && !site.Text.ToString(first.FullSpan).StartsWith("/*", StringComparison.Ordinal))
        {
            return 0;
        }

        for (var line = 0; line < first.SpanStart; line = site.Layout.NextLine(line))
        {
            if (site.Layout.IsBlankLine(line))
            {
                return site.Layout.NextLine(line);
            }
        }

        return 0;
    }
}
