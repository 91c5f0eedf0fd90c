using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>Names for locals that a fix introduces.</summary>
internal static class NewName
{
    /// <summary>A name for a local of <paramref name="type"/> that means nothing else in the body around <paramref name="position"/>.</summary>
    public static string For(FixSite site, int position, ITypeSymbol? type) => Free(site, position, type switch
    {
        IArrayTypeSymbol => "buffer",
        { Name: "RequestScope" } => "scope",
        { Name: "GCHandle" or "MemoryHandle" } => "handle",
        { Name: "IMemoryOwner" } => "owner",
        INamedTypeSymbol { TypeKind: TypeKind.Class, Name: { Length: > 1 } name } => Lower(name),
        _ => "block",
    });

    private static string Lower(string name)
    {
        var lower = char.ToLowerInvariant(name[0]) + name.Substring(1);
        return SyntaxFacts.GetKeywordKind(lower) == SyntaxKind.None && SyntaxFacts.IsValidIdentifier(lower) ? lower : "block";
    }

    /// <summary>A name for the counter of a loop at the end of <paramref name="list"/>.</summary>
    public static string Counter(FixSite site, SyntaxNode list) =>
        new[] { "i", "j", "k" }.FirstOrDefault(name => IsFreeAtEnd(site, list, name)) ?? Free(site, EndOf(list), "i");

    /// <summary><paramref name="wanted"/> for the variable of a loop at the end of <paramref name="list"/>, or the same with a number: other loops in there may have the same.</summary>
    public static string InLoop(FixSite site, SyntaxNode list, string wanted) => IsFreeAtEnd(site, list, wanted) ? wanted : Free(site, EndOf(list), wanted);

    private static bool IsFreeAtEnd(FixSite site, SyntaxNode list, string name) => !site.Model.LookupSymbols(EndOf(list), name: name).Any();

    private static int EndOf(SyntaxNode list) => list is BlockSyntax block ? block.CloseBraceToken.SpanStart : list.Span.End - 1;

    /// <summary><paramref name="wanted"/>, or the same with a number.</summary>
    public static string Free(FixSite site, int position, string wanted)
    {
        var body = site.Root.FindToken(position).Parent?.AncestorsAndSelf().FirstOrDefault(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? site.Root;
        var taken = new HashSet<string>(body.DescendantTokens().Where(token => token.Parent is IdentifierNameSyntax or VariableDeclaratorSyntax or ParameterSyntax or SingleVariableDesignationSyntax or ForEachStatementSyntax or LocalFunctionStatementSyntax).Select(token => token.ValueText), StringComparer.Ordinal);
        var name = wanted;
        for (var i = 2; taken.Contains(name) || site.Model.LookupSymbols(position, name: name).Any(symbol => symbol is ILocalSymbol or IParameterSymbol); i++)
        {
            name = wanted + i;
        }

        return name;
    }
}
