using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Ends an override of <c>Dispose</c> with the call of what it overrides.</summary>
internal sealed class CallBase : Repair
{
    public override string Name => "CallBase";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonBase || site.NodeAt<MethodDeclarationSyntax>(site.Finding.Span) is not { ReturnType: PredefinedTypeSyntax, Body: { } body } method || !site.Layout.StartsLine(body.CloseBraceToken.SpanStart) ||
            body.DescendantNodes().Any(static node => node is ReturnStatementSyntax))
        {
            yield break;
        }

        var edits = new TextEdits();
        var call = Write(site, edits, method, body);
        yield return Plan.Of($"Call '{call.TrimEnd(';')}' at the end", edits);
    }

    /// <summary>Ends the overrides of <paramref name="dispose"/> in the file that do not call what they override with that call: from now on it matters to them.</summary>
    public static void InOverrides(FixSite site, TextEdits edits, MethodDeclarationSyntax dispose)
    {
        if (dispose.SyntaxTree != site.Root.SyntaxTree || !dispose.Modifiers.Any(static modifier => modifier.IsKind(SyntaxKind.VirtualKeyword) || modifier.IsKind(SyntaxKind.OverrideKeyword)) || site.Model.GetDeclaredSymbol(dispose, site.CancellationToken) is not { } replaced)
        {
            return;
        }

        foreach (var method in site.Root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => method != dispose && method.Identifier.ValueText == dispose.Identifier.ValueText && method.Modifiers.Any(SyntaxKind.OverrideKeyword)))
        {
            if (method is { ReturnType: PredefinedTypeSyntax, Body: { } body } && site.Layout.StartsLine(body.CloseBraceToken.SpanStart)
                && !body.DescendantNodes().Any(static node => node is ReturnStatementSyntax or BaseExpressionSyntax)
                && SymbolEqualityComparer.Default.Equals(site.Model.GetDeclaredSymbol(method, site.CancellationToken)?.OverriddenMethod, replaced))
            {
                Write(site, edits, method, body);
            }
        }
    }

    private static string Write(FixSite site, TextEdits edits, MethodDeclarationSyntax method, BlockSyntax body)
    {
        var call = $"base.{method.Identifier.Text}({string.Join(", ", method.ParameterList.Parameters.Select(static parameter => parameter.Identifier.Text))});";
        edits.Insert(site.Layout.LineStart(body.CloseBraceToken.SpanStart), site.Layout.IndentAt(body.CloseBraceToken.SpanStart) + site.Layout.UnitAt(body) + call + site.Layout.NewLine);
        return call;
    }
}
