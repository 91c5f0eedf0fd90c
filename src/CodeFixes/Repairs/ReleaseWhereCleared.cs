using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>One member of a type forgets the block that a field owns, <c>_data = null;</c>, and nobody has released it: there it goes.</summary>
internal sealed class ReleaseWhereCleared : Repair
{
    public override string Name => "WhereCleared";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason != FixData.ReasonNoDispose || OwningField.Find(site) is not { Collection: null, Symbol: { IsReadOnly: false, Type: IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr } } symbol } field || symbol.ContainingType.DeclaringSyntaxReferences.Length != 1
            || symbol.DeclaredAccessibility is not Accessibility.Private || field.Type.DescendantNodes().OfType<ArgumentSyntax>().Any(argument => argument.RefKindKeyword.RawKind != 0 && field.IsMeantBy(argument.Expression)))
        {
            yield break;
        }

        var clearings = field.Type.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment => field.IsTargetOf(assignment) && ReleaseCall.IsNothing(assignment.Right)).ToList();
        if (clearings.Count != 1 || clearings[0].Parent is not ExpressionStatementSyntax { Parent: BlockSyntax list } statement || !site.Layout.StartsLine(statement.SpanStart) || statement.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not MethodDeclarationSyntax method

            // A local may have what the field held: then somebody goes on using it.
            || method.DescendantNodes().Any(node => node is ExpressionSyntax value && field.IsMeantBy(value) && !clearings[0].Span.Contains(value.Span) && OwnedBlock.Dressed(value).Parent is EqualsValueClauseSyntax or AssignmentExpressionSyntax or ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax)
            || ReleaseText.Call(site, site.ReleaseTemplate, field.Name, symbol.Type, statement.SpanStart, statement) is not { NeedsUnsafe: false } call)
        {
            yield break;
        }

        var lines = site.ReleaseTakesNull ? [call.Text + ";"] : ReleaseText.Guarded(site, field.Name, symbol.Type, call.Text, site.Layout.UnitAt(list));
        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(statement.SpanStart), site.Layout.Indented(site.Layout.SetApart(site.Layout.Styled(lines, statement)), site.Layout.IndentAt(statement.SpanStart)));
        yield return Plan.Of($"Release '{field.Name}' before it is cleared", edits);
    }
}
