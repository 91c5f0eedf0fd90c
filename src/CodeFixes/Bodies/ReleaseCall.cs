using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>A release that the body has already, and the statement that goes when the release moves elsewhere.</summary>
internal sealed class ReleaseCall
{
    private ReleaseCall(StatementSyntax statement, StatementSyntax whole)
    {
        Statement = statement;
        Whole = whole;
    }

    /// <summary>The statement that releases.</summary>
    public StatementSyntax Statement { get; }

    /// <summary>The same with the null test around it: <c>if (p != null) Free(p);</c>.</summary>
    public StatementSyntax Whole { get; }

    /// <summary>What the release answers is thrown away in so many words: <c>_ = Close(p);</c></summary>
    public bool Discards => Statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } };

    /// <summary>The release at <paramref name="span"/> when it is a statement of its own; null otherwise.</summary>
    public static ReleaseCall? At(FixSite site, OwnedBlock block, TextSpan span)
    {
        if (site.NodeAt<ExpressionSyntax>(span) is not { } expression
            || expression.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement
            || !IsAll(statement, expression)
            || statement.Parent is null
            || statement.DescendantNodes().OfType<ArgumentSyntax>().Any(argument => argument.RefKindKeyword.RawKind != 0))
        {
            return null;
        }

        return new ReleaseCall(statement, GuardAround(block, statement) ?? statement);
    }

    /// <summary>
    /// Where the block is released: what the finding names, a reallocation that the owner keeps apart; and what is written
    /// in <paramref name="list"/> after <paramref name="from"/> and looks the same, where the analysis sees no way to it.
    /// </summary>
    public static IEnumerable<TextSpan> PlacesOf(OwnedBlock block, StatementList list, int from)
    {
        var named = block.Site.Finding.PlacesOf(FixData.Release).Except(block.Renewals).Where(span => !IsByTheWay(block, span)).ToList();
        var call = block.Site.ReleaseTemplate;
        var end = call.LastIndexOf('(') is var open && open >= 0 && call.IndexOf("({0}", StringComparison.Ordinal) is >= 0 and var before ? before : open;
        var method = end < 0 ? string.Empty : call.Substring(0, end).Split('.').Last();
        var others = block.References(list.Container).Where(name => name.SpanStart > from).Select(name => OwnedBlock.Dressed(name)).Select(name => name.Parent switch
        {
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax taking } arguments } argument when arguments.Arguments[0] == argument => taking,
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } called } access when access.Expression == name => called,
            _ => null,
        });
        return named.Concat(others.Where(taking => taking is not null && (NameOf(taking) == method || named.Count == 0 && ReleasesFirst(block.Site, taking)) && !named.Exists(span => span.IntersectsWith(taking.Span))).Select(taking => taking!.Span)).OrderBy(span => span.Start);
    }

    /// <summary>The call is a statement, and the function of the project does nothing but release what it is handed.</summary>
    private static bool ReleasesFirst(FixSite site, InvocationExpressionSyntax taking) =>
        taking is { Parent: ExpressionStatementSyntax, ArgumentList.Arguments.Count: 1 } && site.Model.GetSymbolInfo(taking, site.CancellationToken).Symbol is IMethodSymbol { IsExtern: false, DeclaringSyntaxReferences: { Length: 1 } declared, Parameters: { Length: 1 } parameters } helper
        && declared[0].GetSyntax(site.CancellationToken).DescendantNodes().OfType<ArgumentSyntax>().Any(argument => OwnedBlock.Bare(argument.Expression) is IdentifierNameSyntax name && name.Identifier.ValueText == parameters[0].Name)
        && ReleasingHelper.Is(site, helper);

    /// <summary>
    /// An object that can be disposed of releases by the way: what has become too small, in <c>builder.Append(text)</c>, or
    /// what it has been asked for last, in <c>return builder.ToString();</c>. Neither is the place of the release.
    /// </summary>
    private static bool IsByTheWay(OwnedBlock block, TextSpan span) =>
        block.Site.ReleaseTemplate.StartsWith("{0}.", StringComparison.Ordinal)
        && block.Site.NodeAt<InvocationExpressionSyntax>(span) is { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } } call && block.References(owner).Any()
        && (call.ArgumentList.Arguments.Count > 0 || call.FirstAncestorOrSelf<StatementSyntax>() is ReturnStatementSyntax);

    /// <summary>The name by which a call calls something; null where it calls by something else.</summary>
    public static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The lines of the release as its author wrote it, with the test around it.</summary>
    public IReadOnlyList<string> LinesOf(FixSite site)
    {
        var indent = site.Layout.IndentAt(Whole.SpanStart);
        return Whole.ToString().Split('\n').Select((line, i) => i > 0 && line.StartsWith(indent, StringComparison.Ordinal) ? line.Substring(indent.Length).TrimEnd('\r') : line.TrimEnd('\r')).ToList();
    }

    /// <summary>The next statement, when it only sets the owner to nothing: <c>p = null;</c>.</summary>
    public StatementSyntax? ClearingAfter(OwnedBlock block, StatementSyntax statement)
    {
        if (statement.Parent is not { } parent || StatementList.Of(parent is GlobalStatementSyntax ? parent.Parent! : parent) is not { } list)
        {
            return null;
        }

        var next = list.IndexOf(statement) + 1;
        return next > 0 && next < list.Statements.Count && IsClearing(block, list.Statements[next]) ? list.Statements[next] : null;
    }

    /// <summary>Whether <paramref name="statement"/> only sets the owner to nothing.</summary>
    public static bool IsClearing(OwnedBlock block, StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment }
        && assignment.Left.ToString() == block.OwnerText
        && IsNothing(assignment.Right);

    /// <summary>Whether <paramref name="value"/> is <c>null</c>, <c>default</c>, zero or the like.</summary>
    public static bool IsNothing(ExpressionSyntax value) => OwnedBlock.Bare(value) switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText is "null" or "default" or "0",
        DefaultExpressionSyntax => true,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText == "Zero",
        _ => false,
    };

    private static bool IsAll(ExpressionStatementSyntax statement, ExpressionSyntax expression) =>
        statement.Expression.Span == expression.Span
        || (statement.Expression is ConditionalAccessExpressionSyntax conditional && conditional.Span.Contains(expression.Span))
        || (statement.Expression is AwaitExpressionSyntax awaited && awaited.Span.Contains(expression.Span))
        || (statement.Expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } discarding && discarding.Right.Span == expression.Span);

    private static StatementSyntax? GuardAround(OwnedBlock block, StatementSyntax statement)
    {
        var outer = statement.Parent is BlockSyntax { Statements.Count: 1 } only ? only : (SyntaxNode)statement;
        return outer.Parent is IfStatementSyntax { Else: null } guard && guard.Statement == outer && TestsOwner(block, guard.Condition) ? guard : null;
    }

    private static bool TestsOwner(OwnedBlock block, ExpressionSyntax condition) =>
        block.References(condition).Any()
        && condition.DescendantNodesAndSelf().All(node => node is not (InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or ObjectCreationExpressionSyntax))
        && condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().All(name =>
            name.Identifier.ValueText is "IntPtr" or "UIntPtr" or "Zero" or "IsAllocated" || block.References(name).Any());
}
