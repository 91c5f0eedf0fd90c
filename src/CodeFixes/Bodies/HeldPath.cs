using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>
/// Where a block is that did not come as the result of a call: in an <c>out</c> or <c>ref</c> argument, behind a pointer to
/// a variable, in a part of what was given, in one of the variables that a tuple is taken apart into.
/// </summary>
/// <param name="Text">The path.</param>
/// <param name="Root">The variable that it begins with.</param>
/// <param name="Type">The type of what is there; null where the code at hand must not name it.</param>
internal sealed record HeldPath(string Text, ILocalSymbol Root, ITypeSymbol? Type)
{
    /// <summary>The path that the finding names, read behind the allocation; null when it is none that can be named again.</summary>
    public static HeldPath? Of(FixSite site, SyntaxNode allocation)
    {
        var text = site.Finding.Property(FixData.HeldKey);
        if (text.Length == 0 || SyntaxFactory.ParseExpression(text) is not ExpressionSyntax { ContainsDiagnostics: false } path || path.ToFullString() != text || RootOf(path) is not { } name
            || allocation.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
        {
            return null;
        }

        // Inside the last token of the statement everything that it declares is in scope.
        var position = statement.Span.End - 1;
        return site.Model.LookupSymbols(position, name: name).FirstOrDefault() is ILocalSymbol { IsRef: false, IsUsing: false, RefKind: RefKind.None } root
            ? new HeldPath(text, root, site.Model.GetSpeculativeTypeInfo(position, path, SpeculativeBindingOption.BindAsExpression).Type is { TypeKind: not TypeKind.Error } type ? type : null)
            : null;
    }

    private static string? RootOf(ExpressionSyntax path)
    {
        while (path is MemberAccessExpressionSyntax access)
        {
            path = access.Expression;
        }

        return (path as IdentifierNameSyntax)?.Identifier.ValueText;
    }

    /// <summary>The lines of the release, to be put into <paramref name="at"/>.</summary>
    public IReadOnlyList<string>? ReleaseLines(FixSite site, SyntaxNode allocation, SyntaxNode at, bool mayBeNothing, string unit)
    {
        if (Type is null || ReleaseText.Call(site, site.ReleaseTemplate, Text, Type, allocation.FirstAncestorOrSelf<StatementSyntax>()!.Span.End - 1, at) is not { } call)
        {
            return null;
        }

        var lines = mayBeNothing ? ReleaseText.Guarded(site, Text, Type, call.Text, unit) : [call.Text + ";"];
        return site.Layout.Styled(call.NeedsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines, at);
    }
}
