using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A function frees a structure and forgets one of its members: <c>Free(job->Payload);</c> goes before <c>Free(job);</c>.</summary>
internal sealed class ReleaseMember : Repair
{
    public override string Name => "Member";

    /// <inheritdoc/>
    public override bool FitsWhereNoReleaseDoes => true;

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonMember || site.Finding.Owner is var member && member.IndexOf("->", StringComparison.Ordinal) is var arrow && arrow < 0
            || site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax } release || !site.Layout.StartsLine(release.SpanStart)
            || site.Model.LookupSymbols(release.SpanStart, name: member.Substring(0, arrow)).OfType<IParameterSymbol>().FirstOrDefault()?.Type is not IPointerTypeSymbol { PointedAtType: INamedTypeSymbol structure }
            || structure.GetMembers(member.Substring(arrow + 2)).OfType<IFieldSymbol>().FirstOrDefault()?.Type is not { } type
            || ReleaseText.Call(site, site.ReleaseTemplate, member, type, release.SpanStart, release) is not { NeedsUnsafe: false } call)
        {
            yield break;
        }

        var lines = ReleaseText.Guarded(site, member, type, call.Text, site.Layout.UnitAt(release));
        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(release.SpanStart), site.Layout.Indented(site.Layout.Styled(lines, release), site.Layout.IndentAt(release.SpanStart)));
        yield return Plan.Of($"Release '{member}' before what holds it", edits);
    }
}
