using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A block lies in another one (<c>node-&gt;Name</c>) that is released with the only pointer to it: it is released before.</summary>
internal sealed class ReleaseBeforeHolder : Repair
{
    public override string Name => "BeforeHolder";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        foreach (var place in site.Finding.PlacesOf(FixData.Holder))
        {
            if (OwnedBlock.Find(site) is not { } block || PathOf(block) is not { } path || Root(path) is not { } root
                || site.NodeAt<ExpressionSyntax>(place)?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } release
                || !site.Layout.StartsLine(release.SpanStart)
                || release.DescendantNodes().OfType<IdentifierNameSyntax>().All(name => name.Identifier.ValueText != root.Identifier.ValueText)
                || ReleaseText.Call(site, site.ReleaseTemplate, path.ToString(), site.Model.GetTypeInfo(path, site.CancellationToken).Type, release.SpanStart, release) is not { } call)
            {
                continue;
            }

            var unit = site.Layout.UnitAt(release);
            foreach (var mayBeNothing in ReleaseText.TakesNull(site.Finding.Family) ? [false] : new[] { false, true })
            {
                var lines = mayBeNothing ? ReleaseText.Guarded(site, path.ToString(), site.Model.GetTypeInfo(path, site.CancellationToken).Type, call.Text, unit) : [call.Text + ";"];
                lines = site.Layout.Styled(call.NeedsUnsafe ? ["unsafe", "{", .. lines.Select(line => unit + line), "}"] : lines, release);
                var edits = new TextEdits();
                var indent = site.Layout.IndentAt(release.SpanStart);
                edits.Insert(site.Layout.LineStart(release.SpanStart), string.Concat(lines.Select(line => indent + line + site.Layout.NewLine)));
                yield return Plan.Of($"Release '{path}' before what holds it", edits);
            }
        }
    }

    /// <summary>Where the block was put.</summary>
    private static MemberAccessExpressionSyntax? PathOf(OwnedBlock block) =>
        OwnedBlock.Dressed(block.Allocation).Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: MemberAccessExpressionSyntax path } ? path : null;

    private static IdentifierNameSyntax? Root(ExpressionSyntax path)
    {
        while (path is MemberAccessExpressionSyntax access)
        {
            path = access.Expression;
        }

        return path as IdentifierNameSyntax;
    }
}
