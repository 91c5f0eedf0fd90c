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
    private readonly HashSet<string> _abroad = new(StringComparer.Ordinal);
    private readonly HashSet<string> _public = new(StringComparer.Ordinal);
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

    /// <summary>Whether the edit may be felt in other files: what they can call gives or takes something, or is a type.</summary>
    public bool LeavesFile => _abroad.Count > 0;

    /// <summary>Whether other projects may feel it.</summary>
    public bool IsPublic => _public.Count > 0;

    /// <summary>Whether another file with the <paramref name="text"/> may mention what has changed.</summary>
    public bool MayBeFeltIn(string text) => _abroad.Any(name => text.Contains(name));

    /// <summary>The spans of the members of <paramref name="root"/>, the root of another file, that mention what has changed, and of the types that are derived from it: all that their project can see, or only what is public.</summary>
    public List<TextSpan> Abroad(SyntaxNode root, bool seesInternal = true)
    {
        var names = seesInternal ? _abroad : _public;
        var members = root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).Where(node => node is MemberDeclarationSyntax and not BaseNamespaceDeclarationSyntax and not TypeDeclarationSyntax);
        var derived = root.DescendantNodes().OfType<TypeDeclarationSyntax>().Where(type => type.BaseList is { } above && Mentions(above, names)).Select(type => type.FullSpan).ToList();
        return [.. derived, .. members.Where(member => Mentions(member, names) && !derived.Exists(type => type.Contains(member.Span))).Select(member => member is GlobalStatementSyntax ? ProgramOf((CompilationUnitSyntax)root) : member.FullSpan).Distinct()];
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
                AddAbroad(member, name);
                AddFields(member, text);
                AddCallees(member, text);
                break;
            case PropertyDeclarationSyntax property:
                _names.Add(property.Identifier.ValueText);
                AddAbroad(member, property.Identifier.ValueText);
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
                AddAbroad(member as TypeDeclarationSyntax ?? member.Parent as MemberDeclarationSyntax, type);
                break;
        }
    }

    /// <summary>What other files may mention: not what is private, nor what gives and takes nothing that can be owned.</summary>
    private void AddAbroad(MemberDeclarationSyntax? member, string? name)
    {
        var isPartial = member is TypeDeclarationSyntax type ? IsPartial(type) : member?.Parent is TypeDeclarationSyntax home && IsPartial(home);
        if (member is not null && name is not null && (isPartial || !IsPrivate(member)) && (member is not MethodDeclarationSyntax method || CanCarry(method.ReturnType) || method.ParameterList.Parameters.Any(parameter => CanCarry(parameter.Type))))
        {
            _abroad.Add(name);
            if (IsSeenOutside(member))
            {
                _public.Add(name);
            }
        }
    }

    /// <summary>Other projects see the member, as far as its own words and those of the types around it say.</summary>
    private static bool IsSeenOutside(MemberDeclarationSyntax member) => member.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().All(part => part is BaseNamespaceDeclarationSyntax
        || part.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.ProtectedKeyword) || part.Parent is InterfaceDeclarationSyntax || part is MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null });

    private static bool IsPartial(TypeDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>A member without a modifier is private in a class or a struct unless it is called through an interface; a nested type likewise, others are seen in the project.</summary>
    private static bool IsPrivate(MemberDeclarationSyntax member) => member.Parent is TypeDeclarationSyntax and not InterfaceDeclarationSyntax && member is not MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null }
        && !member.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword);

    /// <summary>Neither text nor truth nor a number with a fraction is a block.</summary>
    private static bool CanCarry(TypeSyntax? type) => type is not PredefinedTypeSyntax
    {
        Keyword.RawKind: (int)SyntaxKind.VoidKeyword or (int)SyntaxKind.StringKeyword or (int)SyntaxKind.BoolKeyword or (int)SyntaxKind.DoubleKeyword or (int)SyntaxKind.FloatKeyword or (int)SyntaxKind.CharKeyword
    };

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

    private bool Mentions(SyntaxNode member) => (member is MethodDeclarationSyntax method && _declared.Contains(method.Identifier.ValueText)) || Mentions(member, _names);

    private static bool Mentions(SyntaxNode member, HashSet<string> names) => member.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText));
}
