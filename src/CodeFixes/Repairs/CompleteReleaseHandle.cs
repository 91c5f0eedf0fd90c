using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A <c>SafeHandle</c> whose <c>ReleaseHandle</c> forgets the handle, or memory that the object keeps beside it: it releases them, once and when nobody uses the handle any more.</summary>
internal sealed class CompleteReleaseHandle : Repair
{
    public override string Name => "ReleaseHandle";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.NodeAt<TypeDeclarationSyntax>(site.Finding.Span) is not { } type
            || type.Members.OfType<MethodDeclarationSyntax>().FirstOrDefault(member => member.Identifier.ValueText == "ReleaseHandle" && member.ParameterList.Parameters.Count == 0 && member.Modifiers.Any(SyntaxKind.OverrideKeyword)) is not { } method
            || Released(site) is not var (handle, held) || method.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == handle)
            || ReleaseText.Call(site, site.ReleaseTemplate, handle, held, site.Finding.Span.Start, method) is not { } call)
        {
            yield break;
        }

        var unit = site.Layout.UnitAt(type);
        var isThere = ReleaseText.ClearsItself(held) ? [$"if ({handle}.IsAllocated)", "{", unit + call.Text + ";", "}"] : new[] { call.Text + ";" };
        var lines = site.Layout.Styled(call.NeedsUnsafe ? ["unsafe", "{", .. isThere.Select(line => unit + line), "}"] : isThere, method);
        var edits = new TextEdits();
        if (method.ExpressionBody is { } arrow)
        {
            yield return ExpressionBody.Open(site, edits, method, [.. lines, $"return {arrow.Expression};"], unit) ? Plan.Of($"Release '{handle}' in ReleaseHandle", edits) : null;
        }
        else if (method.Body?.Statements.LastOrDefault() is ReturnStatementSyntax last && site.Layout.StartsLine(last.SpanStart))
        {
            edits.Insert(site.Layout.LineStart(last.SpanStart), site.Layout.Indented(lines, site.Layout.IndentAt(last.SpanStart)));
            yield return Plan.Of($"Release '{handle}' in ReleaseHandle", edits);
        }
    }

    /// <summary>What is forgotten: the handle, or a field of the object that holds memory or a handle by itself.</summary>
    private static (string Name, ITypeSymbol Type)? Released(FixSite site)
    {
        const string Handle = "handle";
        return site.Finding.Owner == Handle ? (Handle, site.Model.Compilation.GetSpecialType(SpecialType.System_IntPtr))
            : site.Finding.Reason is FixData.ReasonForgotten or FixData.ReasonNoDispose && OwningField.Find(site) is { NeedsFinalizer: true, Symbol: { AssociatedSymbol: null } field } && (site.ReleaseTakesNull || ReleaseText.ClearsItself(field.Type)) ? (field.Name, field.Type)
            : null;
    }
}
