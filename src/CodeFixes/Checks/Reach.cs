using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Checks;

/// <summary>
/// How far an edit can be felt in its file: the members that it changes, and those that mention what a changed member or
/// field is called. The others are judged as before, so they need not be judged again.
/// </summary>
internal sealed class Reach
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private bool _everything;

    private Reach()
    {
    }

    /// <summary>What <paramref name="plan"/> can be felt in.</summary>
    public static Reach Of(FixSite site, Plan plan)
    {
        var reach = new Reach();
        foreach (var change in plan.Changes)
        {
            reach.Add(site.Root.FindNode(change.Span), site.Text.ToString(change.Span) + " " + change.NewText);
        }

        reach.Add(site.NodeAt<MemberDeclarationSyntax>(site.Finding.Span));
        return reach;
    }

    /// <summary>The spans of the members of <paramref name="root"/>, before or after the edit, in which it can be felt.</summary>
    public List<TextSpan> In(SyntaxNode root)
    {
        if (_everything)
        {
            return [root.FullSpan];
        }

        var spans = new List<TextSpan>();
        foreach (var node in root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            if (node is TypeDeclarationSyntax type ? IsReached(type) : node is MemberDeclarationSyntax and not BaseNamespaceDeclarationSyntax && Mentions(node))
            {
                // The statements of a program are one body.
                spans.Add(node is GlobalStatementSyntax ? ProgramOf((CompilationUnitSyntax)root) : node.FullSpan);
            }
        }

        return [.. spans.Distinct()];
    }

    private static TextSpan ProgramOf(CompilationUnitSyntax root)
    {
        var statements = root.Members.OfType<GlobalStatementSyntax>().ToList();
        return TextSpan.FromBounds(statements[0].FullSpan.Start, statements[statements.Count - 1].FullSpan.End);
    }

    /// <summary>The type has changed, or is derived from one that has.</summary>
    private bool IsReached(TypeDeclarationSyntax type) => _types.Contains(type.Identifier.ValueText)
        || type.BaseList?.Types.Any(above => above.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && _types.Contains(token.ValueText))) == true;

    /// <summary>The member of the finding, which the edit need not touch.</summary>
    private void Add(MemberDeclarationSyntax? home)
    {
        switch (home)
        {
            case MethodDeclarationSyntax method:
                _declared.Add(method.Identifier.ValueText);
                break;
            case null or BaseNamespaceDeclarationSyntax or GlobalStatementSyntax:
                _everything |= home is not null;
                break;
            default:
                _types.Add(home.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.ValueText ?? string.Empty);
                break;
        }
    }

    private void Add(SyntaxNode at, string text)
    {
        if (at.FirstAncestorOrSelf<UsingDirectiveSyntax>() is not null || (at is CompilationUnitSyntax && text.TrimStart().StartsWith("using ", StringComparison.Ordinal)))
        {
            return;
        }

        var member = at.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        switch (member)
        {
            case MethodDeclarationSyntax { Identifier.ValueText: not ("Dispose" or "DisposeAsync" or "Close" or "DisposeAsyncCore") and var name }:
                _names.Add(name);
                AddFields(member, text);
                AddCallees(member, text);
                break;
            case PropertyDeclarationSyntax property:
                _names.Add(property.Identifier.ValueText);
                AddFields(member, text);
                break;
            case null or BaseNamespaceDeclarationSyntax or GlobalStatementSyntax:
                _everything = true;
                break;
            default:
                // A constructor, a Dispose, a field, the type itself: whoever uses the type may feel it.
                var type = member.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.ValueText;
                _everything |= type is null;
                _types.Add(type ?? string.Empty);
                _names.Add(type ?? string.Empty);
                break;
        }
    }

    /// <summary>The fields that the edit mentions: other members may own or release the same.</summary>
    private void AddFields(MemberDeclarationSyntax member, string text)
    {
        var fields = (member.Parent as TypeDeclarationSyntax)?.Members.OfType<FieldDeclarationSyntax>().SelectMany(field => field.Declaration.Variables).Select(variable => variable.Identifier.ValueText);
        _names.UnionWith(fields?.Where(name => text.Contains(name)) ?? []);
    }

    /// <summary>What is called where a scope begins or ends runs inside or outside of it.</summary>
    private void AddCallees(MemberDeclarationSyntax member, string text)
    {
        if (text.Contains("RequestScope") || member.ToString().Contains("RequestScope"))
        {
            _declared.UnionWith(member.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(call => call.Expression switch
            {
                MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
                SimpleNameSyntax name => name.Identifier.ValueText,
                _ => string.Empty,
            }));
        }
    }

    private bool Mentions(SyntaxNode member) => (member is MethodDeclarationSyntax method && _declared.Contains(method.Identifier.ValueText)) || member.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && _names.Contains(token.ValueText));
}
