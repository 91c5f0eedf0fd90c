using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Releases the block before its only owner gets another value.</summary>
internal sealed class ReleaseBeforeOverwrite : Repair
{
    public override string Name => "BeforeOverwrite";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (OwnedBlock.Find(site) is not { Statement: not null, Owner: not null } block)
        {
            yield break;
        }

        foreach (var place in site.Finding.PlacesOf(FixData.Overwrite))
        {
            if (AssignmentAt(site, block, place) is not { Parent: ExpressionStatementSyntax statement } assignment
                || !site.Layout.StartsLine(statement.SpanStart)
                || statement.Parent is not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax)
                || block.References(assignment.Right).Any())
            {
                continue;
            }

            foreach (var initialize in new[] { false, true })
            {
                var edits = new TextEdits();
                if (initialize && block.Declaration is VariableDeclaratorSyntax { Initializer: null } owner)
                {
                    edits.Insert(owner.Identifier.Span.End, block.OwnerType is IPointerTypeSymbol ? " = null" : " = default");
                }

                // The owner may be empty: at the first turn of a loop, or after a branch.
                var same = statement == block.Statement;
                var indent = site.Layout.IndentAt(statement.SpanStart);
                if (ReleaseText.Lines(block, statement.SpanStart, statement, same || block.Owner is IFieldSymbol, site.Layout.UnitAt(statement)) is { } lines)
                {
                    if (MustBeCleared(block, assignment))
                    {
                        lines = ReleaseText.AndCleared(lines, ReleaseText.Clearing(site, block.OwnerText, block.OwnerType), site.Layout.UnitAt(statement));
                    }

                    edits.Insert(site.Layout.LineStart(statement.SpanStart), string.Concat(lines.Select(line => indent + line + site.Layout.NewLine)));
                    yield return Plan.Of($"Release '{block.OwnerText}' before it is overwritten", edits);
                }
            }
        }
    }

    /// <summary>Who releases the owner later must not find what is gone: the next allocation may throw before the owner has its block.</summary>
    private static bool MustBeCleared(OwnedBlock block, AssignmentExpressionSyntax assignment) =>
        assignment.Right.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax)
        && !block.Site.ReleaseTemplate.StartsWith("{0}.Dispose", StringComparison.Ordinal)
        && (block.Owner is IFieldSymbol { IsReadOnly: false } || assignment.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax or GlobalStatementSyntax).OfType<TryStatementSyntax>().Any(guard => guard.Block.Span.Contains(assignment.Span) && guard.ChildNodes().Skip(1).Any(clause => block.References(clause).Any())));

    /// <summary>The assignment at the place, or the only one in it that gives the owner a value.</summary>
    private static AssignmentExpressionSyntax? AssignmentAt(FixSite site, OwnedBlock block, Microsoft.CodeAnalysis.Text.TextSpan place)
    {
        var node = site.Root.FindNode(place, getInnermostNodeForTie: true);
        if (node.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax at })
        {
            return at;
        }

        var all = node.DescendantNodesAndSelf().OfType<AssignmentExpressionSyntax>().Where(assignment => block.References(assignment.Left).Any()).ToList();
        return all.Count == 1 ? all[0] : null;
    }
}
