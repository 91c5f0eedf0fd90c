using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Releases the block before the jump that ends the way of the finding, where no more is known of its other ways: it came
/// by an <c>out</c> argument, is released by reference, or the jump leaves a <c>lock</c> or goes to a label.
/// </summary>
internal sealed class ReleaseWhereLost : Repair
{
    public override string Name => "WhereLost";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (BeforeContinue(site) is { } next)
        {
            yield return next;
            yield break;
        }

        if (site.Finding.Reason is not (FixData.ReasonPath or FixData.ReasonIteration or FixData.ReasonThrows or FixData.ReasonOverwritten) || BlockOf(site) is not { Statement: { } allocation } block || HomeOf(block) is not { } home)
        {
            yield break;
        }

        yield return BehindTest(block, allocation);
        foreach (var overwrite in site.Finding.PlacesOf(FixData.Overwrite))
        {
            yield return BeforeClearing(block, allocation, overwrite);
        }

        foreach (var jump in site.Finding.Reason == FixData.ReasonOverwritten ? [] : JumpsOf(site).Distinct())
        {
            if (!home.Span.Contains(jump.Span) || site.Finding.Reason == FixData.ReasonThrows && jump is not ThrowStatementSyntax || jump.SpanStart < block.Allocation.Span.End || !Leaves(block, jump, home) || IsPutAway(block, home, jump) || ReleaseBeforeExit.IsTakenBefore(site, jump) || site.Finding.PlacesOf(FixData.Release).Any(release => ReleaseBeforeExit.LeadsTo(site, release, jump))
                || jump is ReturnStatementSyntax { Expression: { } given } && block.References(given).Any(name => OwnedBlock.Dressed(name).Parent is ReturnStatementSyntax or ArgumentSyntax { Parent: TupleExpressionSyntax } or InitializerExpressionSyntax))
            {
                continue;
            }

            var edits = new TextEdits();
            if (ReleaseBeforeExit.Release(block, edits, jump, LinesOf(block, allocation, jump)))
            {
                yield return Plan.Of($"Release '{block.OwnerText}' before the exit", edits) is { } plan ? plan with { IsOnePath = true } : null;
            }
        }
    }

    /// <summary>A loop takes the next object in its condition, and a <c>continue</c> passes over the statement that disposes of this one: it does so before as well.</summary>
    private static Plan? BeforeContinue(FixSite site)
    {
        if (site.Finding.Reason is not (FixData.ReasonOverwritten or FixData.ReasonIteration or FixData.ReasonPath) || OwnedBlock.Find(site) is not { Statement: WhileStatementSyntax { Statement: BlockSyntax body } loop, Allocation: InvocationExpressionSyntax call } || !loop.Condition.Span.Contains(call.Span)
            || call.ArgumentList.Arguments.Select(argument => argument.Expression is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.ValueText: var declared } } ? declared : null).FirstOrDefault(declared => declared is not null) is not { } owner || ReleaseIn(site, body, owner) is not var (release, end))
        {
            return null;
        }

        var tests = site.Finding.PlacesOf(FixData.Branch).Select(place => site.NodeAt<StatementSyntax>(place)).OfType<IfStatementSyntax>().Where(test => test.Parent == body && test.SpanStart < end).Distinct().ToList();
        var jumps = tests.Select(test => test.Statement is BlockSyntax { Statements: { Count: > 0 } inner } ? inner.Last() : test.Statement).OfType<ContinueStatementSyntax>().ToList();
        var edits = new TextEdits();
        return jumps.Count == 1 && !body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == owner && name.SpanStart < jumps[0].SpanStart && name.Parent is not MemberAccessExpressionSyntax)
            && ReleaseBeforeExit.Release(OwnedBlock.Find(site)!, edits, jumps[0], [release]) && Plan.Of($"Release '{owner}' before the exit", edits) is { } plan ? plan with { IsOnePath = true } : null;
    }

    /// <summary>
    /// In a loop whoever passes a test hands the block out, <c>if (IsUsable(p)) return new Holder(p);</c>, and what follows goes on to the next
    /// turn without it: it is released behind the test.
    /// </summary>
    private static Plan? BehindTest(OwnedBlock block, StatementSyntax allocation)
    {
        var site = block.Site;
        if (site.Finding.Reason != FixData.ReasonIteration || site.ReleaseTemplate.Length == 0 || allocation.Parent is not BlockSyntax { Parent: WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax } body || block.Declaration is not { } declared || !body.Span.Contains(declared.Span))
        {
            return null;
        }

        var tests = site.Finding.PlacesOf(FixData.Branch).Select(place => site.NodeAt<StatementSyntax>(place)).OfType<IfStatementSyntax>().Where(test => test.Parent == body && test.SpanStart > allocation.Span.End).ToList();
        if (tests.Count == 0 || tests.OrderBy(test => test.SpanStart).Last() is not { Else: null } last || (last.Statement is BlockSyntax { Statements: { Count: > 0 } inner } ? inner.Last() : last.Statement) is not ReturnStatementSyntax { Expression: { } given } || !block.References(given).Any()
            || block.References(body).Any(name => name.SpanStart > last.Span.End) || !site.Layout.StartsLine(last.SpanStart) || !site.Layout.EndsLine(last.Span.End)
            || body.Statements.Where(other => other.SpanStart > allocation.Span.End && other.Span.End <= last.Span.End).Any(other => block.References(other).Any(name => GuardedRegion.IsPutAway(site, name, allocation)))
            || ReleaseText.Lines(block, last.Span.End, last, mayBeNothing: false, site.Layout.UnitAt(last)) is not { } lines)
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(site.Layout.NextLine(last.Span.End), site.Layout.Indented(lines, site.Layout.IndentAt(last.SpanStart)));
        return Plan.Of($"Release '{block.OwnerText}' where nobody gets it", edits);
    }

    /// <summary>What disposes of the object further on, and where that is: the only release of the finding, or, where the other ways put the object away, its disposal.</summary>
    private static (string Text, int End)? ReleaseIn(FixSite site, BlockSyntax body, string owner)
    {
        var places = site.Finding.PlacesOf(FixData.Release).Distinct().ToList();
        return places.Count == 0 && site.Finding.Reason == FixData.ReasonPath && site.ReleaseTemplate == "{0}.Dispose()" ? (owner + ".Dispose();", body.Span.End)
            : places.Count == 1 && site.NodeAt<InvocationExpressionSyntax>(places[0]) is { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var disposed }, Name.Identifier.ValueText: "Dispose" }, Parent: ExpressionStatementSyntax release } && disposed == owner && release.Parent == body ? (release.ToString(), release.SpanStart)
            : null;
    }

    /// <summary>Whoever refuses sets the argument to nothing, with which the block is lost.</summary>
    private static Plan? BeforeClearing(OwnedBlock block, StatementSyntax allocation, TextSpan overwrite)
    {
        var edits = new TextEdits();
        return block.Site.NodeAt<StatementSyntax>(overwrite) is { } clearing && ReleaseCall.IsClearing(block, clearing) && LinesOf(block, allocation, clearing) is { } lines && ReleaseBeforeExit.Release(block, edits, clearing, lines)
            ? Plan.Of($"Release '{block.OwnerText}' before it is cleared", edits) : null;
    }

    /// <summary>The block in the variable that a call has put it into, or that its result is.</summary>
    private static OwnedBlock? BlockOf(FixSite site) => OwnedBlock.Find(site) switch
    {
        null => null,
        { Statement: { } statement } block when site.Finding.Property(FixData.HeldKey) is { Length: > 0 } held => site.Model.LookupSymbols(statement.Span.End - 1, name: held).FirstOrDefault() is { } variable and (ILocalSymbol { IsRef: false, IsUsing: false } or IParameterSymbol) ? block.In(variable) : null,
        // What is counted is the object itself: handle.DangerousAddRef(ref added).
        { Allocation: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var counted } } } block when IsOfReceiver(site) && RootOf(counted) is { } root && site.Model.GetSymbolInfo(root, site.CancellationToken).Symbol is { } variable and (ILocalSymbol or IParameterSymbol) => block.In(variable),
        { Owner: ILocalSymbol { IsRef: false, IsUsing: false } or IParameterSymbol { RefKind: RefKind.None } } block => block,
        _ => null,
    };

    private static IdentifierNameSyntax? RootOf(ExpressionSyntax value)
    {
        while (value is MemberAccessExpressionSyntax access)
        {
            value = access.Expression;
        }

        return value as IdentifierNameSyntax;
    }

    private static bool IsOfReceiver(FixSite site) => site.Finding.ReleaseTemplate.StartsWith("{1}.", StringComparison.Ordinal) && !site.Finding.ReleaseTemplate.Contains("{0}");

    /// <summary>The statements in which there is the variable.</summary>
    private static SyntaxNode? HomeOf(OwnedBlock block)
    {
        var statement = block.Statement!;
        var lists = StatementList.Around(statement.Parent is GlobalStatementSyntax ? statement.Parent : statement);
        return (block.Owner is ILocalSymbol ? lists.FirstOrDefault(list => block.Declaration is { } declared && list.Container.Span.Contains(declared.Span)) : lists.LastOrDefault())?.Container;
    }

    /// <summary>Where the way of the finding may end: at its exit, in the branch that it takes, or at the next jump behind that.</summary>
    private static IEnumerable<StatementSyntax> JumpsOf(FixSite site)
    {
        foreach (var place in site.Finding.PlacesOf(FixData.Exit))
        {
            if (site.NodeAt<StatementSyntax>(place) is { } statement && IsJump(statement))
            {
                yield return statement;
            }
        }

        foreach (var place in site.Finding.PlacesOf(FixData.Exit).Concat(site.Finding.PlacesOf(FixData.Branch)))
        {
            if (site.NodeAt<StatementSyntax>(place) is not IfStatementSyntax test || !test.Condition.Span.Contains(place))
            {
                continue;
            }

            foreach (var branch in new[] { test.Statement, test.Else?.Statement })
            {
                if ((branch is BlockSyntax { Statements: { Count: > 0 } statements } ? statements.Last() : branch) is { } last && IsJump(last))
                {
                    yield return last;
                }
            }

            if (JumpBehind(test) is { } next)
            {
                yield return next;
            }
        }
    }

    private static StatementSyntax? JumpBehind(StatementSyntax statement)
    {
        foreach (var node in statement.AncestorsAndSelf())
        {
            if (node.Parent is BlockSyntax block && block.Statements.FirstOrDefault(other => other.SpanStart > node.SpanStart && IsJump(other)) is { } jump)
            {
                return jump;
            }

            if (node.Parent is not (BlockSyntax or LockStatementSyntax or UsingStatementSyntax or CheckedStatementSyntax or UnsafeStatementSyntax or FixedStatementSyntax))
            {
                return null;
            }
        }

        return null;
    }

    private static bool IsJump(StatementSyntax statement) =>
        statement is ReturnStatementSyntax or ThrowStatementSyntax { Expression: not null } or BreakStatementSyntax or ContinueStatementSyntax || statement.RawKind is (int)SyntaxKind.GotoStatement or (int)SyntaxKind.YieldBreakStatement;

    /// <summary>Behind the jump there is nothing any more that could want the block.</summary>
    private static bool Leaves(OwnedBlock block, StatementSyntax jump, SyntaxNode home) => jump is GotoStatementSyntax { Expression: IdentifierNameSyntax label }
        ? home.DescendantNodes().OfType<LabeledStatementSyntax>().FirstOrDefault(labeled => labeled.Identifier.ValueText == label.Identifier.ValueText) is not { } target
            || target.SpanStart > jump.Span.End && block.References(home).All(name => name.SpanStart < target.SpanStart)
            || target.SpanStart <= block.Declaration?.SpanStart
        : BodyExits.Leaves(jump, home);

    /// <summary>Before the jump it was put where others find it.</summary>
    private static bool IsPutAway(OwnedBlock block, SyntaxNode home, StatementSyntax jump) => block.References(home).Any(name => name.SpanStart < jump.SpanStart && GuardedRegion.IsPutAway(block.Site, name, block.Allocation));

    private static IReadOnlyList<string>? LinesOf(OwnedBlock block, StatementSyntax allocation, StatementSyntax jump)
    {
        var site = block.Site;
        foreach (var place in site.Finding.PlacesOf(FixData.Release))
        {
            // By reference, Free(ref p), or with an answer that nobody wants, _ = Close(p).
            if (site.NodeAt<InvocationExpressionSyntax>(place) is { Parent: ExpressionStatementSyntax or AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } } call && call.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { } written
                && call.ArgumentList.Arguments.Any(argument => (argument.RefKindKeyword.RawKind != 0 || call.Parent is AssignmentExpressionSyntax) && block.References(argument.Expression).Any()))
            {
                return [written.ToString()];
            }
        }

        if (IsOfReceiver(site))
        {
            return [site.ReleaseTemplate + ";"];
        }

        if (site.ReleaseTemplate.Length == 0)
        {
            // As the other ways do it.
            var others = site.Finding.PlacesOf(FixData.Release).Select(place => site.NodeAt<InvocationExpressionSyntax>(place)?.Parent as ExpressionStatementSyntax).ToList();
            return others.Count > 0 && others.TrueForAll(release => release is not null && block.References(release).Any() && release.ToString() == others[0]!.ToString()) ? [others[0]!.ToString()] : null;
        }

        return site.Finding.Property(FixData.HeldKey).Length > 0 ? ReleaseText.Lines(block, jump.SpanStart, jump, !IsThere(block, allocation, jump), site.Layout.UnitAt(jump)) : null;
    }

    /// <summary>Whoever comes to the jump has not been refused: <c>if (!TryTake(out var p)) return;</c></summary>
    private static bool IsThere(OwnedBlock block, StatementSyntax allocation, StatementSyntax jump)
    {
        if (allocation is not IfStatementSyntax test || !test.Condition.Span.Contains(block.Allocation.Span))
        {
            return false;
        }

        var behind = jump.SpanStart > test.Span.End;
        if (behind && ((test.Statement is BlockSyntax { Statements: { Count: > 0 } statements } ? statements.Last() : test.Statement) is not { } last || !IsJump(last)))
        {
            return false;
        }

        // What is asked for has to be so in the branch, or may not have been so when the branch was left out.
        var isRefusal = false;
        ExpressionSyntax asked = OwnedBlock.Dressed(block.Allocation);
        for (; asked != test.Condition; asked = (ExpressionSyntax)asked.Parent!)
        {
            switch (asked.Parent)
            {
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression }:
                    isRefusal = !isRefusal;
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.LessThanExpression }:
                    isRefusal = true;
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } when behind:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } when !behind:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression }:
                case ParenthesizedExpressionSyntax:
                    break;
                default:
                    return false;
            }
        }

        return behind ? isRefusal : !isRefusal && test.Statement.Span.Contains(jump.Span);
    }
}
