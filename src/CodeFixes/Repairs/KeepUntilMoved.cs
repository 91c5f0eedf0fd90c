using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// A reallocation that fails leaves the block where it is: <c>p = realloc(p, n)</c> loses it then. The result goes into a
/// variable of its own, and the block is released when there is none.
/// </summary>
internal sealed class KeepUntilMoved : Repair
{
    public override string Name => "KeepUntilMoved";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.LeavesBody || OwnedBlock.Find(site) is not { OwnerType: { } type, Owner: ILocalSymbol } block || site.Finding.PlacesOf(FixData.Reallocation).Distinct().ToList() is not { Count: 1 } spans
            || site.NodeAt<ExpressionSyntax>(spans[0]) is not { } moving || moving.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } statement || !site.Layout.StartsLine(statement.SpanStart))
        {
            yield break;
        }

        var unit = site.Layout.UnitAt(statement);
        var indent = site.Layout.IndentAt(statement.SpanStart);
        if (ReleaseText.Call(site, site.ReleaseTemplate, block.OwnerText, type, statement.SpanStart, statement) is not { NeedsUnsafe: false } release)
        {
            yield break;
        }

        var edits = new TextEdits();
        var title = $"Release '{block.OwnerText}' when it cannot be moved";
        if (statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment } && block.References(assignment.Left).Contains(assignment.Left))
        {
            var name = NewName.Free(site, statement.SpanStart, "moved");
            var natural = site.Model.GetTypeInfo(assignment.Right, site.CancellationToken).Type;
            var declared = SymbolEqualityComparer.Default.Equals(natural, type) ? LocalType.Of(site, type, statement.SpanStart) : type.ToMinimalDisplayString(site.Model, statement.SpanStart);
            edits.Replace(assignment.Left.Span, declared + " " + name);
            edits.Insert(site.Layout.NextLine(statement.Span.End), site.Layout.Indented([.. site.Layout.Styled([$"if ({name} == {Nothing(site, type)})", "{", unit + release.Text + ";", "}"], statement), string.Empty, $"{block.OwnerText} = {name};"], indent));
            yield return Plan.Of(title, edits);
        }
        else if (statement is LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } && Behind(statement) is IfStatementSyntax { Else: null, Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Left: IdentifierNameSyntax tested } } test
            && tested.Identifier.ValueText == variables[0].Identifier.ValueText && test.Statement is BlockSyntax { Statements: { Count: > 0 } failing } && site.Layout.StartsLine(failing[0].SpanStart))
        {
            edits.Insert(site.Layout.LineStart(failing[0].SpanStart), site.Layout.IndentAt(failing[0].SpanStart) + release.Text + ";" + site.Layout.NewLine);
            yield return Plan.Of(title, edits);
        }
    }

    private static StatementSyntax? Behind(StatementSyntax statement) =>
        ((BlockSyntax)statement.Parent!).Statements is var all && all.IndexOf(statement) + 1 is var next && next < all.Count ? all[next] : null;

    private static string Nothing(FixSite site, ITypeSymbol type) => type is IPointerTypeSymbol ? "null" : site.Language >= LanguageVersion.CSharp11 ? "0" : "default";
}
