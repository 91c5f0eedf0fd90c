using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>A tuple is taken apart and the part with the block is dropped, <c>(_, var size) = Make()</c>: the block gets a name and is released in a <c>finally</c>. An object that is dropped as a whole is disposed of.</summary>
internal sealed class NameDiscarded : Repair
{
    public override string Name => "NameDiscarded";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (Disposed(site) is { } disposed)
        {
            yield return disposed;
            yield break;
        }

        if (site.Finding.LeavesBody || OwnedBlock.Find(site) is not { Owner: null, Statement: ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } statement } block || OwnedBlock.Bare(assignment.Right) != block.Allocation
            || site.Model.GetTypeInfo(assignment.Right, site.CancellationToken).Type is not INamedTypeSymbol { IsTupleType: true, TupleElements: var elements }
            || StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement).FirstOrDefault() is not { } list || list.IndexOf(statement) is not (>= 0 and var index))
        {
            yield break;
        }

        foreach (var (discard, type, isDeclared) in Discards(assignment.Left, elements))
        {
            var name = NewName.For(site, statement.SpanStart, type);
            var unit = site.Layout.UnitAt(list.Container);
            if (ReleaseText.Call(site, site.ReleaseTemplate, name, type, statement.SpanStart, list.Container) is not { } call)
            {
                continue;
            }

            var lines = site.Layout.Styled(call.NeedsUnsafe ? ["unsafe", "{", unit + call.Text + ";", "}"] : [call.Text + ";"], list.Container);
            var edits = new TryFinallyEdits(site, list, index + 1);
            edits.Edits.Replace(discard.Span, isDeclared ? name : LocalType.Of(site, type, statement.SpanStart) + " " + name);
            var end = list.CountWithoutTrailingFunctions();
            if (index + 1 < end)
            {
                yield return edits.Guard(end, reuse: false, lines, []) ? Plan.Of("Name the block and release it in a finally block", edits.Edits) : null;
            }
            else if (site.Layout.StartsLine(statement.SpanStart))
            {
                edits.Edits.Insert(site.Layout.NextLine(statement.Span.End), site.Layout.Indented(lines, site.Layout.IndentAt(statement.SpanStart)));
                yield return Plan.Of("Name the block and release it", edits.Edits);
            }
        }
    }

    /// <summary><c>_ = await LoadAsync();</c>: what nobody wants is disposed of there.</summary>
    private static Plan? Disposed(FixSite site)
    {
        if (site.Finding.LeavesBody || site.Finding.PlacesOf(FixData.Allocation).Select(place => site.NodeAt<ExpressionStatementSyntax>(place)).FirstOrDefault() is not { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax { Identifier.ValueText: "_" } left, Right: var value } assignment }
            || site.Model.GetSymbolInfo(left, site.CancellationToken).Symbol is not IDiscardSymbol || value is not (InvocationExpressionSyntax or AwaitExpressionSyntax { Expression: InvocationExpressionSyntax }) || site.Model.GetTypeInfo(value, site.CancellationToken).Type is not { } type || ReleaseTemplates.OfObject(site, assignment.SpanStart, type) != "{0}.Dispose()")
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Replace(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(assignment.SpanStart, value.SpanStart), value is AwaitExpressionSyntax ? "(" : string.Empty);
        edits.Insert(value.Span.End, (value is AwaitExpressionSyntax ? ")" : string.Empty) + (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } ? "?" : string.Empty) + ".Dispose()");
        return Plan.Of("Dispose of what nobody keeps", edits);
    }

    /// <summary>The parts of <paramref name="left"/> that nobody keeps, with their types, and whether a <c>var</c> before them declares all.</summary>
    private static IEnumerable<(SyntaxNode Discard, ITypeSymbol Type, bool IsDeclared)> Discards(ExpressionSyntax left, System.Collections.Immutable.ImmutableArray<IFieldSymbol> elements)
    {
        switch (left)
        {
            case TupleExpressionSyntax { Arguments: var parts } when parts.Count == elements.Length:
                return parts.Select((part, i) => (Discard: (SyntaxNode)part.Expression, elements[i].Type, false)).Where(part => part.Discard is IdentifierNameSyntax { Identifier.ValueText: "_" } or DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax });
            case DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax { Variables: var variables } } when variables.Count == elements.Length:
                return variables.Select((part, i) => (Discard: (SyntaxNode)part, elements[i].Type, true)).Where(part => part.Discard is DiscardDesignationSyntax);
            default:
                return [];
        }
    }
}
