using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Writes the inferred contract as an attribute on the signature.</summary>
internal sealed class WriteContract : Repair
{
    public override string Name => "WriteAttribute";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        var text = site.Finding.Property(FixData.AttributeKey);
        var open = text.IndexOf('(');
        var name = open < 0 ? text : text.Substring(0, open);
        if (name.Length == 0 || site.Model.Compilation.GetTypeByMetadataName("LifetimeAnalyzers." + name + "Attribute") is not { } type)
        {
            yield break;
        }

        var node = site.Root.FindNode(site.Finding.Span);
        var edits = new TextEdits();
        var written = UsingDirectives.Name(site, edits, type, node.SpanStart);
        written = (written.EndsWith("Attribute", StringComparison.Ordinal) ? written.Substring(0, written.Length - "Attribute".Length) : written) + (open < 0 ? string.Empty : text.Substring(open));
        var target = site.Finding.Property(FixData.TargetKey);
        var title = $"Write [{(target == FixData.TargetReturn ? "return: " : string.Empty)}{text}]";

        if (target == FixData.TargetParameter)
        {
            if (node.FirstAncestorOrSelf<AccessorDeclarationSyntax>() is { } accessor)
            {
                edits.Insert((accessor.AttributeLists.Count > 0 ? accessor.AttributeLists.Last().GetLastToken().GetNextToken() : accessor.GetFirstToken()).SpanStart, $"[param: {written}] ");
                yield return Plan.Of($"Write [param: {text}]", edits);
            }
        }
        else if (target != FixData.TargetReturn && node.FirstAncestorOrSelf<ParameterSyntax>() is { } parameter)
        {
            edits.Insert(parameter.AttributeLists.Count > 0 ? parameter.AttributeLists.Last().Span.End : parameter.SpanStart, parameter.AttributeLists.Count > 0 ? $" [{written}]" : $"[{written}] ");
            yield return Plan.Of(title, edits);
        }
        else if (node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member)
        {
            var first = FirstAfterAttributes(member);
            var attribute = $"[{(target == FixData.TargetReturn ? "return: " : string.Empty)}{written}]";
            edits.Insert(first.SpanStart, site.Layout.StartsLine(first.SpanStart) ? attribute + site.Layout.NewLine + site.Layout.IndentAt(first.SpanStart) : attribute + " ");
            yield return Plan.Of(title, edits);
        }
    }

    private static SyntaxToken FirstAfterAttributes(MemberDeclarationSyntax member) =>
        member.AttributeLists.Count == 0 ? member.GetFirstToken() : member.AttributeLists.Last().GetLastToken().GetNextToken();
}
