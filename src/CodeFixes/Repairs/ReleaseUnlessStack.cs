using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A pointer holds memory of the stack on some paths and a block on others, and is released in any case: <c>if (p != stack) Free(p);</c></summary>
internal sealed class ReleaseUnlessStack : Repair
{
    public override string Name => "UnlessStack";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonForeign || site.NodeAt<InvocationExpressionSyntax>(site.Finding.Span) is not { Parent: ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } release, ArgumentList.Arguments: { Count: 1 } arguments }
            || OwnedBlock.Bare(arguments[0].Expression) is not IdentifierNameSyntax name || site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is not ILocalSymbol { Type: IPointerTypeSymbol } pointer
            || !site.Layout.StartsLine(release.SpanStart) || !site.Layout.EndsLine(release.Span.End) || StackOf(site, release, pointer) is not { } stack)
        {
            yield break;
        }

        var unit = site.Layout.UnitAt(release);
        var lines = site.Layout.Styled([$"if ({name} != {stack})", "{", unit + release, "}"], release);
        var edits = new TextEdits();
        edits.Replace(release.Span, site.Layout.Indented(lines, site.Layout.IndentAt(release.SpanStart)).Trim());
        if (site.Layout.SetsBlocksApart && !site.Layout.IsBlankAfter(release.Span.End) && release.GetLastToken().GetNextToken() is { RawKind: not ((int)SyntaxKind.CloseBraceToken or (int)SyntaxKind.EndOfFileToken) })
        {
            edits.Insert(site.Layout.NextLine(release.Span.End), site.Layout.NewLine);
        }

        yield return Plan.Of($"Release '{name}' when it is not on the stack", edits);
    }

    /// <summary>The one local with memory of the stack that <paramref name="pointer"/> is given.</summary>
    private static string? StackOf(FixSite site, StatementSyntax release, ILocalSymbol pointer)
    {
        var body = StatementList.Around(release.Parent is GlobalStatementSyntax ? release.Parent : release).Last().Container;
        var given = body.DescendantNodes().Select(node => node switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var value } declarator when declarator.Identifier.ValueText == pointer.Name => value,
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax left, Right: var value } when left.Identifier.ValueText == pointer.Name => value,
            _ => null,
        }).Where(value => value is not null).SelectMany(value => OwnedBlock.Bare(value!) is ConditionalExpressionSyntax choice ? new[] { choice.WhenTrue, choice.WhenFalse } : [value!]).ToList();
        var stacks = given.Select(OwnedBlock.Bare).OfType<IdentifierNameSyntax>().Where(name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol { Type: IPointerTypeSymbol } local
            && local.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: StackAllocArrayCreationExpressionSyntax }).Select(name => name.Identifier.Text).Distinct().ToList();

        // Memory of the stack and nothing else is not released at all.
        return stacks.Count == 1 && given.Exists(value => OwnedBlock.Bare(value) is not IdentifierNameSyntax name || name.Identifier.Text != stacks[0]) ? stacks[0] : null;
    }
}
