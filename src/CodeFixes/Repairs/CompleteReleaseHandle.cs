using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A <c>SafeHandle</c> whose <c>ReleaseHandle</c> does nothing: it releases the handle.</summary>
internal sealed class CompleteReleaseHandle : Repair
{
    public override string Name => "ReleaseHandle";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        const string Handle = "handle";
        if (site.Finding.Owner != Handle || site.NodeAt<TypeDeclarationSyntax>(site.Finding.Span) is not { } type
            || type.Members.OfType<MethodDeclarationSyntax>().FirstOrDefault(member => member.Identifier.ValueText == "ReleaseHandle" && member.ParameterList.Parameters.Count == 0) is not { } method
            || method.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == Handle)
            || ReleaseText.Call(site, site.ReleaseTemplate, Handle, site.Model.Compilation.GetSpecialType(SpecialType.System_IntPtr), site.Finding.Span.Start, method) is not { } call)
        {
            yield break;
        }

        var unit = site.Layout.UnitAt(type);
        var lines = site.Layout.Styled(call.NeedsUnsafe ? ["unsafe", "{", unit + call.Text + ";", "}"] : [call.Text + ";"], method);
        var edits = new TextEdits();
        if (method.ExpressionBody is { } arrow)
        {
            yield return ExpressionBody.Open(site, edits, method, [.. lines, $"return {arrow.Expression};"], unit) ? Plan.Of($"Release '{Handle}' in ReleaseHandle", edits) : null;
        }
        else if (method.Body?.Statements.LastOrDefault() is ReturnStatementSyntax last && site.Layout.StartsLine(last.SpanStart))
        {
            edits.Insert(site.Layout.LineStart(last.SpanStart), site.Layout.Indented(lines, site.Layout.IndentAt(last.SpanStart)));
            yield return Plan.Of($"Release '{Handle}' in ReleaseHandle", edits);
        }
    }
}
