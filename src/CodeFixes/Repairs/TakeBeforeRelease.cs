using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Reads what is needed out of the block before its release instead of after it: <c>Free(head); head = head-&gt;Next;</c>
/// walks a list over nodes that are gone.
/// </summary>
/// <param name="several">Only where what is needed is asked for more than once.</param>
internal sealed class TakeBeforeRelease(bool several = false) : Repair
{
    public override string Name => several ? "TakeBeforeAll" : "TakeBefore";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        var releases = site.Finding.PlacesOf(FixData.Release).ToList();
        if (several)
        {
            yield return releases.Count == 1 ? SeveralTimes(site, releases[0]) : null;
            yield break;
        }

        if (releases.Count != 1
            || site.NodeAt<ExpressionSyntax>(releases[0])?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax release
            || site.NodeAt<ExpressionSyntax>(site.Finding.Span) is not { } use
            || Value(use) is not { } value
            || value.FirstAncestorOrSelf<StatementSyntax>() is not { } reader
            || StatementList.Around(release.Parent is GlobalStatementSyntax ? release.Parent : release).FirstOrDefault() is not { } list
            || list.IndexOf(release) is not (>= 0 and var index) || index + 1 >= list.Statements.Count || list.IndexOf(reader) is not (> 0 and var end) || end <= index || list.Statements[end] != reader || !MayComeBehind(list, index + 1, end, value)
            || !site.Layout.StartsLine(release.SpanStart)
            || site.Model.GetTypeInfo(value) is not { Type: not null, ConvertedType: { } converted })
        {
            yield break;
        }

        var name = NewName.Free(site, release.SpanStart, "next");
        var type = LocalType.Of(site, value, converted);
        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(release.SpanStart), site.Layout.IndentAt(release.SpanStart) + $"{type} {name} = {value};" + site.Layout.NewLine);
        edits.Replace(value.Span, name);
        yield return Plan.Of($"Read '{value}' before the release", edits);
    }

    /// <summary>What stands between the release and the reader neither knows what is read nor calls anybody.</summary>
    private static bool MayComeBehind(StatementList list, int from, int end, ExpressionSyntax value)
    {
        var names = new HashSet<string>(value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText), StringComparer.Ordinal);
        return Enumerable.Range(from, end - from).SelectMany(i => list.Statements[i].DescendantNodesAndSelf()).All(node => node switch
        {
            InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or YieldStatementSyntax or LabeledStatementSyntax or ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax => false,
            IdentifierNameSyntax name => !names.Contains(name.Identifier.ValueText),
            _ => true,
        });
    }

    /// <summary>All that follows the release asks for one and the same member of the block, <c>node-&gt;Next</c>, and not only once.</summary>
    private static Plan? SeveralTimes(FixSite site, Microsoft.CodeAnalysis.Text.TextSpan place)
    {
        if (site.NodeAt<ExpressionSyntax>(place)?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax list } release || !site.Layout.StartsLine(release.SpanStart)
            || site.NodeAt<ExpressionSyntax>(site.Finding.Span)?.AncestorsAndSelf().OfType<MemberAccessExpressionSyntax>().FirstOrDefault() is not { RawKind: (int)SyntaxKind.PointerMemberAccessExpression, Expression: IdentifierNameSyntax owner } value
            || site.Model.GetSymbolInfo(owner, site.CancellationToken).Symbol is not (ILocalSymbol { IsRef: false } or IParameterSymbol { RefKind: RefKind.None }) || site.Model.GetTypeInfo(value, site.CancellationToken).Type is not { } type)
        {
            return null;
        }

        var uses = list.Statements.Where(statement => statement.SpanStart > release.Span.End).SelectMany(statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == owner.Identifier.ValueText).ToList();
        if (uses.Count < 2 || !uses.TrueForAll(name => name.Parent is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression } access && access.Expression == name && access.Name.Identifier.ValueText == value.Name.Identifier.ValueText && IsRead(access)))
        {
            return null;
        }

        var member = value.Name.Identifier.ValueText;
        var name = NewName.Free(site, release.SpanStart, char.ToLowerInvariant(member[0]) + member.Substring(1));
        var edits = new TextEdits();
        edits.Insert(site.Layout.LineStart(release.SpanStart), site.Layout.IndentAt(release.SpanStart) + $"{LocalType.Of(site, type, release.SpanStart)} {name} = {value};" + site.Layout.NewLine);
        foreach (var use in uses)
        {
            edits.Replace(use.Parent!.Span, name);
        }

        return Plan.Of($"Read '{value}' before the release", edits);
    }

    private static bool IsRead(ExpressionSyntax value) => value.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Right == value,
        ArgumentSyntax argument => argument.RefKindKeyword.RawKind == 0,
        PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } => false,
        RefExpressionSyntax => false,
        MemberAccessExpressionSyntax or ElementAccessExpressionSyntax => false,
        _ => true,
    };

    /// <summary>The whole right side that the use stands in; nothing else in the statement is evaluated before it.</summary>
    private static ExpressionSyntax? Value(ExpressionSyntax use)
    {
        var inner = use.AncestorsAndSelf().OfType<ExpressionSyntax>().TakeWhile(node => node is not AssignmentExpressionSyntax).LastOrDefault();
        return inner?.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax, Parent: ExpressionStatementSyntax } assignment && assignment.Right == inner
            && inner.DescendantNodesAndSelf().All(node => node is not (InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax))
            ? inner
            : null;
    }
}
