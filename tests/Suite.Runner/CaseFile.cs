using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Suite;

/// <summary>One case file: what it shows, its functions, and what is expected of them.</summary>
/// <param name="Path">The path below the suite's folder, with forward slashes.</param>
/// <param name="Tree">The parsed text; its path is <paramref name="Path"/>.</param>
/// <param name="Weakness">The kind of mistake, such as <c>CWE-401</c>: the header line <c>// weakness:</c>.</param>
/// <param name="Variant">The flow variant, such as <c>31</c>; empty where the header has no line <c>// variant:</c>.</param>
/// <param name="Construct">What of the language it turns on: the header line <c>// construct:</c>.</param>
/// <param name="Items">Its declarations, outer ones before the ones inside them.</param>
public sealed record CaseFile(
    string Path, SyntaxTree Tree, string Weakness, string Variant, string Construct, ImmutableArray<CaseItem> Items)
{
    /// <summary>The folder: the cases of a folder are one compilation.</summary>
    public string Folder => Path[..Math.Max(0, Path.LastIndexOf('/'))];

    /// <summary>Reads a case file.</summary>
    /// <exception cref="FormatException">A mark cannot be read or belongs to no declaration.</exception>
    public static CaseFile Read(string path, string text)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, CaseCompilation.ParseOptions, path);
        SyntaxNode root = tree.GetRoot();
        Dictionary<SyntaxNode, ImmutableArray<Expectation>> marks = Marks(path, root);
        ImmutableArray<CaseItem> items = [.. root.DescendantNodes().Where(IsItem).Select(node => ItemOf(node, marks))];
        return new CaseFile(
            path, tree, HeaderLine(text, "weakness"), HeaderLine(text, "variant"), HeaderLine(text, "construct"), items);
    }

    private static Dictionary<SyntaxNode, ImmutableArray<Expectation>> Marks(string path, SyntaxNode root)
    {
        var marks = new Dictionary<SyntaxNode, ImmutableArray<Expectation>>();
        foreach (SyntaxTrivia trivia in root.DescendantTrivia().Where(one => one.IsKind(SyntaxKind.SingleLineCommentTrivia)))
        {
            ImmutableArray<Expectation> expectations = Expectation.Read(trivia.ToString());
            if (expectations.IsEmpty)
            {
                continue;
            }

            // A trailing comment belongs to the token before it, and so to the declaration that the token is part of.
            SyntaxNode? marked = trivia.Token.Parent?.AncestorsAndSelf().FirstOrDefault(IsItem);
            if (marked is null || !marks.TryAdd(marked, expectations))
            {
                throw new FormatException($"{path}: the mark '{trivia}' belongs to no declaration, or to one that has a mark.");
            }
        }

        return marks;
    }

    private static CaseItem ItemOf(SyntaxNode node, Dictionary<SyntaxNode, ImmutableArray<Expectation>> marks)
    {
        SyntaxToken name = NameOf(node);
        string simple = SimpleNameOf(node, name);
        string[] outer = [.. node.Ancestors().Where(IsItem).Reverse().Select(one => SimpleNameOf(one, NameOf(one)))];
        return new CaseItem(
            string.Join('.', [.. outer, simple]),
            simple,
            node.Span,
            name.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
            node switch
            {
                BaseTypeDeclarationSyntax => CaseItemKind.Type,
                BaseFieldDeclarationSyntax => CaseItemKind.Field,
                _ => CaseItemKind.Function,
            },
            marks.GetValueOrDefault(node, []));
    }

    private static bool IsItem(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        PropertyDeclarationSyntax property => property.ExpressionBody is not null,
        IndexerDeclarationSyntax indexer => indexer.ExpressionBody is not null,
        LocalFunctionStatementSyntax or BaseTypeDeclarationSyntax or BaseFieldDeclarationSyntax => true,
        _ => false,
    };

    private static SyntaxToken NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier,
        ConstructorDeclarationSyntax constructor => constructor.Identifier,
        DestructorDeclarationSyntax destructor => destructor.Identifier,
        OperatorDeclarationSyntax @operator => @operator.OperatorToken,
        ConversionOperatorDeclarationSyntax conversion => conversion.OperatorKeyword,
        AccessorDeclarationSyntax accessor => accessor.Keyword,
        PropertyDeclarationSyntax property => property.Identifier,
        IndexerDeclarationSyntax indexer => indexer.ThisKeyword,
        LocalFunctionStatementSyntax local => local.Identifier,
        BaseTypeDeclarationSyntax type => type.Identifier,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier,
        _ => node.GetFirstToken(),
    };

    private static string SimpleNameOf(SyntaxNode node, SyntaxToken name) => node switch
    {
        ConstructorDeclarationSyntax constructor => constructor.Modifiers.Any(SyntaxKind.StaticKeyword) ? ".cctor" : ".ctor",
        DestructorDeclarationSyntax => "Finalize",
        AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Identifier.Text + "." + name.Text,
        _ => name.Text,
    };

    private static string HeaderLine(string text, string key)
    {
        string opening = "// " + key + ":";
        string? line = text.Split('\n').TakeWhile(one => one.StartsWith("//", StringComparison.Ordinal))
            .FirstOrDefault(one => one.StartsWith(opening, StringComparison.Ordinal));
        return line?[opening.Length..].Trim() ?? "";
    }
}
