using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A function leads a pointer past a node and forgets the node, <c>list-&gt;Head = first-&gt;Next;</c>: it is released as soon as
/// nobody looks at it any more, by the function that others use for that.
/// </summary>
internal sealed class ReleaseUnlinked : Repair
{
    public override string Name => "ReleaseUnlinked";

    /// <inheritdoc/>
    public override bool FitsWhereNoReleaseDoes => true;

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonMember || site.Finding.ReleaseTemplate.Length == 0 || site.NodeAt<AssignmentExpressionSyntax>(site.Finding.Span) is not { Parent: ExpressionStatementSyntax step, Right: MemberAccessExpressionSyntax { Expression: var node } } assignment || assignment.Span != site.Finding.Span
            || StatementList.Of(step.Parent!) is not { Container: BlockSyntax } list || !site.Layout.StartsLine(step.SpanStart) || !site.Layout.EndsLine(step) || site.Model.GetTypeInfo(node, site.CancellationToken).Type is not IPointerTypeSymbol { PointedAtType: INamedTypeSymbol structure } type)
        {
            yield break;
        }

        var kept = node as IdentifierNameSyntax;
        var name = kept?.Identifier.Text ?? NewName.Free(site, step.SpanStart, char.ToLowerInvariant(structure.Name[0]) + structure.Name.Substring(1));
        if (ReleaseText.Call(site, Template(site, step), name, type, step.SpanStart, step) is not { NeedsUnsafe: false } release)
        {
            yield break;
        }

        if (kept is not null && !list.Statements.OfType<LocalDeclarationStatementSyntax>().Any(declared => declared.Declaration.Variables.Any(variable => variable.Identifier.Text == name)))
        {
            // Around the list it may be looked at once more, or the list runs again.
            yield break;
        }

        var last = list.Statements.Count - 1;
        while (kept is not null && list.Statements[last] != step && !Mentions(list.Statements[last], name))
        {
            last--;
        }

        // Everything to the last look at the node: on a way out in between it would be lost all the same.
        var from = list.IndexOf(step);
        last = kept is null ? from : last;
        var between = list.Statements.Skip(from + 1).Take(last - from).ToList();
        var edits = new TextEdits();
        var indent = site.Layout.IndentAt(step.SpanStart);
        if (kept is null)
        {
            edits.Insert(site.Layout.LineStart(step.SpanStart), $"{indent}{LocalType.Of(site, type, step.SpanStart)} {name} = {Bare(node)};{site.Layout.NewLine}");
        }
        else if (between.Count > 0 && between[between.Count - 1] is ReturnStatementSyntax { Expression: { } value } exit && !between.Take(between.Count - 1).Any(Leaves))
        {
            if (!site.Layout.StartsLine(exit.SpanStart) || site.Model.GetTypeInfo(value, site.CancellationToken).ConvertedType is not { } returned || !MoveReleaseAfterLastUse.IsPlainValue(returned))
            {
                yield break;
            }

            var result = NewName.Free(site, exit.SpanStart, "result");
            edits.Insert(site.Layout.LineStart(exit.SpanStart), $"{indent}{LocalType.Of(site, value, returned)} {result} = {value};{site.Layout.NewLine}{indent}{release.Text};{site.Layout.NewLine}");
            edits.Replace(value.Span, result);
            yield return Plan.Of($"Release '{name}' before the exit", edits);
            yield break;
        }
        else if (between.Exists(Leaves))
        {
            yield break;
        }

        edits.Insert(site.Layout.NextLine(list.Statements[last].Span.End), $"{indent}{release.Text};{site.Layout.NewLine}");
        yield return Plan.Of($"Release '{name}' when nobody finds it any more", edits);
    }

    /// <summary>The function by its name alone, where it is one of the type at hand.</summary>
    private static string Template(FixSite site, SyntaxNode at)
    {
        var template = site.Finding.ReleaseTemplate;
        var start = template.LastIndexOf('.') + 1;
        return at.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && site.Model.GetDeclaredSymbol(type, site.CancellationToken) is { } own && template.StartsWith(own.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ".", StringComparison.Ordinal)
            && own.GetMembers(template.Substring(start, template.IndexOf('(') - start)).Length == 1 ? template.Substring(start) : template;
    }

    private static ExpressionSyntax Bare(ExpressionSyntax node) => node is ParenthesizedExpressionSyntax inner ? Bare(inner.Expression) : node;

    private static bool Mentions(StatementSyntax statement, string name) => statement.DescendantNodes().OfType<IdentifierNameSyntax>().Any(other => other.Identifier.Text == name);

    private static bool Leaves(StatementSyntax statement) => statement.DescendantNodesAndSelf().Any(static node => node is ReturnStatementSyntax or ThrowStatementSyntax or GotoStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or YieldStatementSyntax);
}
