using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Releases the block before each exit on which it is lost; the other paths stay as they are.</summary>
internal sealed class ReleaseBeforeExit : Repair
{
    public override string Name => "BeforeExit";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (site.Finding.Reason == FixData.ReasonThrows)
        {
            yield return BeforeThrowing(site) ?? BeforeThrow(site);
            yield break;
        }

        if (site.Finding.Reason == FixData.ReasonOverwritten || OwnedBlock.Find(site) is not { Statement: not null, Owner: ILocalSymbol or IParameterSymbol } block || GuardedRegion.Of(block) is not { } region
            || block.IsGiven || region.IsHandedOn || HeldParts.Of(block) is { IsAnyElement: true, IsFilled: false })
        {
            // What goes out may be the block; with what lies in a table all that lies there is lost.
            yield break;
        }

        var written = region.Releases.LastOrDefault(release => release.Whole != release.Statement || release.Discards)?.LinesOf(site) ?? OfOwnFunction(region);
        if (!site.Finding.LeavesBody)
        {
            yield return BeforeEach(block, BodyExits.Of(region), written);
        }

        // On the others there may be no block.
        yield return BeforeEach(block, BodyExits.Marked(region), written) is { } marked ? marked with { IsOnePath = true } : null;
    }

    /// <summary>A function of the project takes the block back and is told more than that, <c>pool.Give(block, 64)</c>: everywhere the same, it is told so here too.</summary>
    private static IReadOnlyList<string>? OfOwnFunction(GuardedRegion region)
    {
        var site = region.Block.Site;
        return region.Releases.Select(release => release.Statement.ToString()).Distinct(StringComparer.Ordinal).Count() == 1 && region.Releases[0] is { Statement: ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 1 } arguments } call } } first
            && site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false }
            && region.Block.References(arguments[0].Expression).Contains(OwnedBlock.Bare(arguments[0].Expression)) && arguments.Skip(1).All(argument => site.Model.GetConstantValue(argument.Expression, site.CancellationToken).HasValue) ? first.LinesOf(site) : null;
    }

    private static Plan? BeforeEach(OwnedBlock block, IEnumerable<SyntaxNode> ways, IReadOnlyList<string>? written)
    {
        var exits = ways.ToList();
        var edits = new TextEdits();
        return exits.Count > 0 && exits.TrueForAll(exit => !IsTakenBefore(block.Site, exit) && Release(block, edits, exit, written))
            ? Plan.Of($"Release '{block.OwnerText}' before {(exits.Count == 1 ? "the exit" : "each exit")}", edits) : null;
    }

    /// <summary>On every way to the exit somebody is handed the block who may have kept it: it is for them to say what becomes of it.</summary>
    public static bool IsTakenBefore(FixSite site, SyntaxNode exit) => site.Finding.PlacesOf(FixData.Taken).Any(span =>
        exit is not BlockSyntax && exit.Span.Contains(span)
        || LeadsTo(site, span, exit)
        || (site.NodeAt<ExpressionStatementSyntax>(span) is { Parent: { } list } call && call.SpanStart < (exit is BlockSyntax ? exit.Span.End : exit.SpanStart) && (list == exit || exit.Ancestors().Contains(list))));

    /// <summary>The call stands in a branch behind which the way goes on to the exit.</summary>
    public static bool LeadsTo(FixSite site, TextSpan call, SyntaxNode exit)
    {
        if (exit is BlockSyntax || site.NodeAt<StatementSyntax>(call) is not { } statement || statement.Span.End > exit.SpanStart)
        {
            return false;
        }

        foreach (var node in statement.AncestorsAndSelf())
        {
            if (node.Span.Contains(exit.Span))
            {
                // Branches of which only one runs.
                return node is not (IfStatementSyntax or SwitchStatementSyntax);
            }

            if (node is BlockSyntax { Statements: { Count: > 0 } statements } && statements.Last() is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax || node is SwitchSectionSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>A constructor throws: nobody gets the object that has the block in a field.</summary>
    private static Plan? BeforeThrowing(FixSite site)
    {
        if (OwnedBlock.Find(site) is not { Owner: IFieldSymbol { IsStatic: false } field, Statement: { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax } body } statement } block || !block.IsWholeStatement)
        {
            return null;
        }

        var exits = body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or TryStatementSyntax)).OfType<ThrowStatementSyntax>().Where(exit => exit.SpanStart > statement.SpanStart).ToList();
        var edits = new TextEdits();
        return exits.Count > 0 && exits.TrueForAll(exit => !block.References(exit).Any() && ReleaseText.Call(site, site.ReleaseTemplate, block.OwnerText, field.Type, exit.SpanStart, exit) is { NeedsUnsafe: false } call && Before(block, edits, exit, [], [call.Text + ";"]))
            ? Plan.Of($"Release '{block.OwnerText}' before the exception", edits) : null;
    }

    /// <summary>What throws are <c>throw</c> statements, before the block is handed to anybody.</summary>
    private static Plan? BeforeThrow(FixSite site)
    {
        if (OwnedBlock.Find(site) is not { IsWholeStatement: true, Owner: ILocalSymbol } block || GuardedRegion.Of(block) is not { MayBeNothing: false, Releases.Count: 0 } region)
        {
            return null;
        }

        var exits = BodyExits.Of(region).OfType<ThrowStatementSyntax>().ToList();
        var edits = new TextEdits();
        return exits.Count > 0 && site.Finding.PlacesOf(FixData.Throwing).All(place => exits.Exists(exit => exit.Span.Contains(place)))
            && exits.TrueForAll(exit => !block.References(exit).Any() && exit.FirstAncestorOrSelf<TryStatementSyntax>() is null && !IsTakenBefore(site, exit) && Before(block, edits, exit, [], null))
            ? Plan.Of($"Release '{block.OwnerText}' before the exception", edits) : null;
    }

    /// <summary>Writes the release, or what is <paramref name="written"/> for it, before the <paramref name="exit"/>.</summary>
    public static bool Release(OwnedBlock block, TextEdits edits, SyntaxNode exit, IReadOnlyList<string>? written) => exit switch
    {
        BlockSyntax home => AtEnd(block, edits, home, written),
        ReturnStatementSyntax { Expression: { } value } statement when block.References(value).Any() || MayReach(block, value) => ThroughLocal(block, edits, statement, value, "return", written),
        StatementSyntax statement => Before(block, edits, statement, [], written),
        _ => false,
    };

    private static bool AtEnd(OwnedBlock block, TextEdits edits, BlockSyntax home, IReadOnlyList<string>? written)
    {
        var site = block.Site;
        var count = StatementList.Of(home)!.CountWithoutTrailingFunctions();
        if (count == 0 || !site.Layout.StartsLine(home.CloseBraceToken.SpanStart) || !site.Layout.StartsLine(home.Statements[count - 1].SpanStart))
        {
            return false;
        }

        var indent = site.Layout.IndentAt(home.Statements[count - 1].SpanStart);
        if ((written ?? Lines(block, home)) is not { } lines)
        {
            return false;
        }

        var position = count == home.Statements.Count ? site.Layout.LineStart(home.CloseBraceToken.SpanStart) : home.Statements[count - 1].FullSpan.End;
        edits.Insert(position, string.Concat(lines.Select(line => indent + line + site.Layout.NewLine)));
        return true;
    }

    private static bool ThroughLocal(OwnedBlock block, TextEdits edits, StatementSyntax statement, ExpressionSyntax value, string keyword, IReadOnlyList<string>? written)
    {
        var site = block.Site;
        if (site.Finding.LeavesBody && HandsOn(block, value))
        {
            // Whether the block is released here, what is computed says.
            return false;
        }

        var converted = site.Model.GetTypeInfo(value).ConvertedType;
        var name = NewName.Free(site, statement.SpanStart, "result");
        var type = LocalType.Of(site, value, converted);
        if (!Before(block, edits, statement, [$"{type} {name} = {value};"], written))
        {
            return false;
        }

        edits.Replace(statement.Span, $"{keyword} {name};");
        return true;
    }

    private static bool Before(OwnedBlock block, TextEdits edits, StatementSyntax statement, IReadOnlyList<string> first, IReadOnlyList<string>? written)
    {
        var site = block.Site;
        if ((written ?? Lines(block, statement)) is not { } release)
        {
            return false;
        }

        var lines = first.Concat(release).ToList();
        var newLine = site.Layout.NewLine;
        if (statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax)
        {
            if (!site.Layout.StartsLine(statement.SpanStart))
            {
                edits.Insert(statement.SpanStart, string.Concat(lines.Select(line => line + " ")));
                return lines.TrueForAll(line => line.EndsWith(";", StringComparison.Ordinal));
            }

            // A loop or a test stands apart from what follows.
            var indent = site.Layout.IndentAt(statement.SpanStart);
            edits.Insert(site.Layout.LineStart(statement.SpanStart), string.Concat(lines.Select(line => indent + line + newLine)) + (lines[lines.Count - 1] == "}" ? newLine : string.Empty));
            return true;
        }

        // A statement without braces gets them.
        if (statement.Parent is null || first.Count > 0)
        {
            return first.Count > 0 && statement.Parent is not null && Braced(block, edits, statement, lines);
        }

        return Braced(block, edits, statement, lines);
    }

    private static bool Braced(OwnedBlock block, TextEdits edits, StatementSyntax statement, List<string> lines)
    {
        var site = block.Site;
        var newLine = site.Layout.NewLine;
        var outer = site.Layout.IndentAt(statement.Parent!.SpanStart);
        var inner = outer + site.Layout.UnitAt(statement);
        var braceEndsLine = site.Layout.BraceEndsLine(statement);
        var before = statement.GetFirstToken().GetPreviousToken();
        if (before.TrailingTrivia.Concat(statement.GetLeadingTrivia()).Any(trivia => !string.IsNullOrWhiteSpace(trivia.ToString())))
        {
            return false;
        }

        edits.Replace(
            TextSpan.FromBounds(before.Span.End, statement.SpanStart),
            (braceEndsLine ? " {" : newLine + outer + "{") + newLine + string.Concat(lines.Select(line => inner + line + newLine)) + (lines[lines.Count - 1] == "}" ? newLine : string.Empty) + inner);

        // What is said behind the statement stays with it.
        var said = statement.GetLastToken().TrailingTrivia.LastOrDefault(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia));
        edits.Insert(said.RawKind == 0 ? statement.Span.End : said.Span.End, newLine + outer + "}");
        return true;
    }

    private static IReadOnlyList<string>? Lines(OwnedBlock block, SyntaxNode at)
    {
        if (HeldParts.ReleaseAll(block, at) is { } all)
        {
            return all;
        }

        // Not where the declaration is a null that a branch fills: there the owner may still hold nothing.
        var mayBeNothing = !block.IsWholeStatement || IsFoundMissing(block, at) || block.Declaration?.FirstAncestorOrSelf<StatementSyntax>() is { } declared && declared != block.Statement && declared.Parent != block.Statement!.Parent;
        return ReleaseText.Lines(block, block.Statement!.Span.End, at, mayBeNothing, block.Site.Layout.UnitAt(at));
    }

    /// <summary>The exit is taken where the owner has been found to be null, or something else was: <c>if (head is null || tail is null)</c>.</summary>
    private static bool IsFoundMissing(OwnedBlock block, SyntaxNode at) => at.Ancestors().TakeWhile(node => node is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<IfStatementSyntax>().Any(test =>
        test.Condition.DescendantNodesAndSelf().Any(node => node.IsKind(SyntaxKind.LogicalOrExpression)) && test.Condition.DescendantNodesAndSelf().Any(node => node switch
        {
            IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression: var value } } tested => ReleaseCall.IsNothing(value) && block.References(tested.Expression).Contains(OwnedBlock.Bare(tested.Expression)),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } tested => ReleaseCall.IsNothing(tested.Right) && block.References(tested.Left).Contains(OwnedBlock.Bare(tested.Left)),
            _ => false,
        }));

    /// <summary>The block is handed to somebody who may keep it, in what is returned or elsewhere.</summary>
    private static bool HandsOn(OwnedBlock block, ExpressionSyntax value) =>
        block.References(value).Any(name => OwnedBlock.Dressed(name).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax } or AssignmentExpressionSyntax or InitializerExpressionSyntax);

    /// <summary>A task that has a number or a text already: <c>Task.FromResult(code)</c>.</summary>
    private static bool IsPlainResult(FixSite site, ExpressionSyntax value) =>
        value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" }, ArgumentList.Arguments: { Count: 1 } given } && given[0].Expression is IdentifierNameSyntax or LiteralExpressionSyntax && MoveReleaseAfterLastUse.IsPlainValue(site.Model.GetTypeInfo(given[0].Expression, site.CancellationToken).Type);

    /// <summary>What the value is made of may lead to the block: by a variable, or by a function that sees the variables of the body.</summary>
    private static bool MayReach(OwnedBlock block, ExpressionSyntax value) =>
        !IsPlainResult(block.Site, value) && value.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or AwaitExpressionSyntax or ObjectCreationExpressionSyntax)
        && (block.Site.Finding.LeavesBody || value.DescendantNodesAndSelf().Any(node => node is AnonymousFunctionExpressionSyntax
            || node is SimpleNameSyntax name && block.Site.Model.GetSymbolInfo(name, block.Site.CancellationToken).Symbol switch
            {
                ILocalSymbol local => !MoveReleaseAfterLastUse.IsPlainValue(local.Type),
                IMethodSymbol { MethodKind: MethodKind.LocalFunction } => true,
                _ => false,
            }));
}
