using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
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

        var call = $"base.{method.Identifier.Text}({string.Join(", ", method.ParameterList.Parameters.Select(static parameter => parameter.Identifier.Text))});";
        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(body.CloseBraceToken.SpanStart), site.Layout.IndentAt(body.CloseBraceToken.SpanStart) + site.Layout.UnitAt(body) + call + site.Layout.NewLine);
        yield return Plan.Of($"Call '{call.TrimEnd(';')}' at the end", edits);
    }
}
