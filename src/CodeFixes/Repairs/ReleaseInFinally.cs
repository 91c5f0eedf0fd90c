using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>Releases the block in a <c>finally</c>, which every way out of the code passes.</summary>
internal sealed class ReleaseInFinally : Repair
{
    public override string Name => "TryFinally";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        // What is allocated only where there was nothing may be somebody else's otherwise.
        if (ThrowsInRelease(site) || OwnedBlock.Find(site) is not { } block || IsInPlaceOfNothing(block) || GuardedRegion.Of(block) is not { } region || block.IsGiven || region.IsHandedOn || (site.Finding.LeavesBody && !IsOnlyLent(region)))
        {
            yield break;
        }

        var title = $"Release '{block.OwnerText}' in a finally block";
        yield return InAnyCase(region);
        yield return MoveExistingTryUp(region, title);
        foreach (var plan in EndAtRelease(region, title))
        {
            yield return plan;
        }

        foreach (var plan in site.Finding.LeavesBody ? [] : ToTheEnd(region, title))
        {
            yield return plan;
        }
    }

    /// <summary>A parameter or a field gets the block where it has none: <c>given ??= new()</c>.</summary>
    private static bool IsInPlaceOfNothing(OwnedBlock block) =>
        block.Owner is IParameterSymbol or IFieldSymbol && OwnedBlock.Dressed(block.Allocation).Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression };

    /// <summary>
    /// The block is handed to somebody unknown and released all the same whenever nothing throws: whoever it was handed to
    /// has not taken it over, or the code was wrong before.
    /// </summary>
    private static bool IsOnlyLent(GuardedRegion region)
    {
        var end = region.Releases.Select(release => IndexOf(region, release.Whole)).DefaultIfEmpty(-1).Max();
        return region.Block.Site.Finding.Reason == FixData.ReasonThrows && end > region.Start

            // On a way out without a release somebody may have taken it.
            && BodyExits.Of(region).All(exit => exit is ThrowStatementSyntax)
            && Enumerable.Range(region.Start, end - region.Start).SelectMany(i => region.Block.References(region.List.Statements[i])).All(name =>
                IsLent(OwnedBlock.Dressed(name)) && name.Ancestors().TakeWhile(node => node != region.List.Container).All(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or ReturnStatementSyntax)));
    }

    /// <summary>Handed to a function or an object, or looked at.</summary>
    private static bool IsLent(ExpressionSyntax value) => value.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax }
        or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } or ElementAccessExpressionSyntax or MemberAccessExpressionSyntax;

    /// <summary>What throws is the callee that releases, or the one that allocates: no guard helps there.</summary>
    private static bool ThrowsInRelease(FixSite site)
    {
        var releases = site.Finding.PlacesOf(FixData.Release).Concat(site.Finding.PlacesOf(FixData.Allocation)).ToList();
        return site.Finding.PlacesOf(FixData.Throwing).Any(thrower => releases.Exists(release => release.Contains(thrower) || (thrower.Contains(release) && thrower.Start < release.Start && thrower.End == release.End)));
    }

    /// <summary>The release stands under a condition that has nothing to do with the block, behind all else that happens to it: it takes place whatever the condition says.</summary>
    private static Plan? InAnyCase(GuardedRegion region)
    {
        var site = region.Block.Site;
        if (region.Releases.Count != 1 || site.Finding.Reason is not (FixData.ReasonPath or FixData.ReasonNever) || site.Finding.LeavesBody
            || region.Releases[0] is not { Whole: var whole } release || (whole.Parent is BlockSyntax block ? block.Parent : whole.Parent) is not IfStatementSyntax { Else: null } test
            || IndexOf(region, test.Parent is LabeledStatementSyntax label ? label : test) is not (>= 0 and var index) || index <= region.Start || region.LastReference > index || region.Block.References(test.Condition).Any() || !StatementRemoval.IsSilent(site, test.Condition)
            || test.Statement is BlockSyntax inner && !inner.Statements.All(statement => statement == whole || ReleaseCall.IsClearing(region.Block, statement)) || HasComments(test) || ReleaseLines(region) is not { } lines)
        {
            return null;
        }

        if (test.Parent is LabeledStatementSyntax)
        {
            var layout = site.Layout;
            var edits = new TextEdits();
            edits.Replace(test.Span, string.Join(layout.NewLine + layout.IndentAt(test.SpanStart), [.. lines, .. Clearing(region.Block, release).Select(statement => statement.ToString())]));
            return layout.StartsLine(test.SpanStart) ? Plan.Of($"Release '{region.Block.OwnerText}' in any case", edits) : null;
        }

        return Instead(region, [test], [.. lines, .. Clearing(region.Block, release).Select(statement => statement.ToString())]);
    }

    private static bool HasComments(SyntaxNode node) => node.DescendantTrivia(node.Span).Any(trivia => !string.IsNullOrWhiteSpace(trivia.ToString()));

    /// <summary>The release is in a <c>finally</c> already, but the <c>try</c> begins too late.</summary>
    private static Plan? MoveExistingTryUp(GuardedRegion region, string title)
    {
        if (region.Releases.Count != 1 || GuardingTry(region) is not { Catches.Count: 0 } existing)
        {
            return null;
        }

        var edits = new TryFinallyEdits(region);
        return edits.MoveUp(existing) ? Plan.Of(title, edits.Edits) : null;
    }

    /// <summary>A release stands in the same list: it becomes the body of the <c>finally</c> where it is.</summary>
    private static IEnumerable<Plan?> EndAtRelease(GuardedRegion region, string title)
    {
        var end = region.Releases.Select(release => IndexOf(region, release.Whole)).DefaultIfEmpty(-1).Max();
        var statements = region.List.Statements;
        if (end <= region.Start || region.LastReference > end && !(region.LastReference == end + 1 && ReleaseCall.IsClearing(region.Block, statements[end + 1])))
        {
            yield break;
        }

        yield return WithElements(region, title, end);
        yield return WithClearing(region, title, end);
        var usedLater = UsedAfter(region, end);
        if (usedLater.Count > 0 && statements.Count - end <= 5 && statements[statements.Count - 1] is ReturnStatementSyntax or ThrowStatementSyntax)
        {
            foreach (var plan in ToTheEnd(region, title))
            {
                yield return plan;
            }
        }

        if (usedLater.Count > 0 && EndOfReleases(region, end, usedLater) is { } later)
        {
            yield return Write(region, title, later, reuse: false, []);
        }

        if (usedLater.Count == 0)
        {
            yield return Write(region, title, end, reuse: true, []);
        }
        else if (Hoist(region, usedLater) is { } hoisted)
        {
            yield return Write(region, title, end, reuse: true, hoisted);
        }
        else
        {
            foreach (var plan in ToTheEnd(region, title))
            {
                yield return plan;
            }
        }
    }

    /// <summary>Right before the release of a table stand loops that release what is in it: all of that becomes the <c>finally</c>, where a table that began as zeros is emptied whatever has come into it.</summary>
    private static Plan? WithElements(GuardedRegion region, string title, int end)
    {
        var first = end;
        while (first - 1 > region.Start && ReleasesElements(region, region.List.Statements[first - 1]))
        {
            first--;
        }

        if (first == end || region.Releases.Count != 1 || region.MayBeNothing || !(region.Block.OwnerType is IArrayTypeSymbol || BeginsAsZeros(region.Block)) || region.List.UsesLater(region.Start, first))
        {
            return null;
        }

        var edits = new TryFinallyEdits(region) { Reused = end - first + 1 };
        return edits.Guard(first, reuse: true, null, []) ? Plan.Of(title, edits.Edits) : null;
    }

    /// <summary>A field is cleared right after its block is released: whoever comes next must not find it released.</summary>
    private static Plan? WithClearing(GuardedRegion region, string title, int end)
    {
        if (region.Block.Owner is not (IFieldSymbol or IPropertySymbol) || region.Releases.Count != 1 || region.MayBeNothing || end + 1 >= region.List.Statements.Count || !ReleaseCall.IsClearing(region.Block, region.List.Statements[end + 1]) || region.List.UsesLater(region.Start, end))
        {
            return null;
        }

        var edits = new TryFinallyEdits(region) { Reused = 2 };
        return edits.Guard(end, reuse: true, null, []) ? Plan.Of(title, edits.Edits) : null;
    }

    private static bool BeginsAsZeros(OwnedBlock block) => block.Allocation is InvocationExpressionSyntax call
        && (call.Expression.ToString().IndexOf("zero", StringComparison.OrdinalIgnoreCase) >= 0 || call.Expression.ToString().IndexOf("calloc", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>A loop that names the table and does nothing but release.</summary>
    private static bool ReleasesElements(GuardedRegion region, StatementSyntax statement) => statement is ForStatementSyntax or CommonForEachStatementSyntax && region.Block.References(statement).Any()
        && statement.DescendantNodes().OfType<StatementSyntax>().All(inner => inner is BlockSyntax or ExpressionStatementSyntax { Expression: InvocationExpressionSyntax })
        && statement.DescendantNodes().OfType<InvocationExpressionSyntax>().ToList() is { Count: 1 } calls && CannotThrow(calls[0]);

    /// <summary>The end of the calls right after the release that are all that becomes of the <paramref name="locals"/>: releases of other blocks; null when there is more.</summary>
    private static int? EndOfReleases(GuardedRegion region, int end, List<ISymbol> locals)
    {
        var statements = region.List.Statements;
        var last = end + 1;
        while (last < statements.Count && statements[last] is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax })
        {
            last++;
        }

        return UsedAfter(region, last - 1).Any(locals.Contains) ? null : last;
    }

    /// <summary>Everything that follows the allocation is guarded.</summary>
    private static IEnumerable<Plan?> ToTheEnd(GuardedRegion region, string title)
    {
        var end = region.List.CountWithoutTrailingFunctions();
        if (region.Start >= end)
        {
            yield return AtOnce(region, title);
            yield break;
        }

        if (region.Start == end - 1 && region.List.Statements[region.Start] is TryStatementSyntax { Finally.Block: var already })
        {
            yield return Appended(region, already, title);
        }

        if (region.List.Statements[region.Start] is TryStatementSyntax { Finally: null } && region.LastReference == region.Start)
        {
            // Nothing but a try mentions the block: the release becomes its finally.
            yield return Write(region, title, region.Start + 1, reuse: false, []);
        }

        yield return Write(region, title, end, reuse: false, []);
        if (end < region.List.Statements.Count)
        {
            yield return Write(region, title, region.List.Statements.Count, reuse: false, []);
        }

        // A directive must not be cut in two: what it encloses may be enough.
        var least = Math.Max(region.Start, region.LastReference) + 1;
        for (var i = end - 1; i >= least && region.List.Container.ContainsDirectives; i--)
        {
            yield return region.List.UsesLater(region.Start, i) ? null : Write(region, title, i, reuse: false, []);
        }
    }

    /// <summary>All that there is to guard is a <c>try</c> whose <c>finally</c> releases other blocks: this one goes there too.</summary>
    private static Plan? Appended(GuardedRegion region, BlockSyntax already, string title)
    {
        var layout = region.Block.Site.Layout;
        if (already.Statements.Count == 0 || !layout.StartsLine(already.CloseBraceToken.SpanStart) || !layout.StartsLine(already.Statements.Last().SpanStart) || region.Releases.Any(release => already.Span.Contains(release.Whole.Span))
            || !already.DescendantNodes().OfType<StatementSyntax>().All(inner => inner is BlockSyntax or IfStatementSyntax { Else: null } or ExpressionStatementSyntax { Expression: InvocationExpressionSyntax })
            || !already.DescendantNodes().OfType<InvocationExpressionSyntax>().All(CannotThrow)
            || region.Block.Declaration is VariableDeclaratorSyntax { Initializer: null } || ReleaseLines(region) is not { } lines)
        {
            return null;
        }

        var edits = new TextEdits();
        RemoveReleases(region.Block, edits, region.Releases);
        var before = already.Statements.Last().GetLastToken().IsKind(SyntaxKind.CloseBraceToken) ? layout.NewLine : string.Empty;
        edits.Insert(layout.LineStart(already.CloseBraceToken.SpanStart), before + layout.Indented(lines, layout.IndentAt(already.Statements.Last().SpanStart)));
        return Plan.Of(title, edits);
    }

    /// <summary>By its name the call gives memory back: unlike <c>Dispose</c>, which may flush what then throws, nothing comes between it and the next.</summary>
    private static bool CannotThrow(InvocationExpressionSyntax call)
    {
        var name = (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText ?? (call.Expression as SimpleNameSyntax)?.Identifier.ValueText ?? string.Empty;
        return name is "Return" or "Release" || name.IndexOf("free", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("destroy", StringComparison.OrdinalIgnoreCase) >= 0;
    }

    /// <summary>Nothing follows the allocation: there is nothing to guard.</summary>
    private static Plan? AtOnce(GuardedRegion region, string title)
    {
        var statement = region.Block.Statement!;
        var layout = region.Block.Site.Layout;
        if (region.Releases.Count > 0 || !layout.StartsLine(statement.SpanStart) || statement.Parent is not (BlockSyntax or GlobalStatementSyntax) || ReleaseLines(region) is not { } lines)
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(layout.NextLine(statement.Span.End), string.Concat(lines.Select(line => layout.IndentAt(statement.SpanStart) + line + layout.NewLine)));
        return Plan.Of(title, edits);
    }

    private static Plan? Write(GuardedRegion region, string title, int end, bool reuse, IReadOnlyList<LocalDeclarationStatementSyntax> hoisted)
    {
        var site = region.Block.Site;
        var edits = new TryFinallyEdits(region);
        var removed = region.Releases.Where(release => !reuse || release.Whole != region.List.Statements[end]).ToList();
        var unwrapped = removed.Select(release => OnlyInFinally(region, release)).Where(existing => existing is not null).Select(existing => existing!).ToList();
        if (unwrapped.Exists(existing => edits.OpeningLines(existing) is null || edits.ClosingLines(existing) is null))
        {
            return null;
        }

        var wrong = ReleasesInside(region);
        var release = reuse ? null : ReleaseLines(region);
        if ((!reuse && release is null) || (wrong.Count > 0 && region.Releases.Count > 0) || LosesMore(region))
        {
            return null;
        }

        var gone = RemoveReleases(region.Block, edits.Edits, removed.Where(call => !unwrapped.Exists(existing => existing.Span.Contains(call.Whole.Span) && !existing.Block.Span.Contains(call.Whole.Span))));
        StatementRemoval.Remove(site, edits.Edits, [.. wrong]);
        if (!reuse && region.List.Statements.Skip(region.Start).Take(end - region.Start).All(gone.Contains))
        {
            return Instead(region, [.. region.List.Statements.Skip(region.Start).Take(end - region.Start)], release!);
        }

        var declarations = new List<string>();
        foreach (var declaration in hoisted)
        {
            var variable = declaration.Declaration.Variables[0];
            var isEmpty = variable.Initializer is { } first && (ReleaseCall.IsNothing(first.Value) || site.Model.GetConstantValue(first.Value, site.CancellationToken).HasValue) && !region.List.Statements.Skip(region.Start).TakeWhile(statement => statement.SpanStart <= declaration.SpanStart).Any(statement => statement is LabeledStatementSyntax);
            declarations.Add(isEmpty ? declaration.ToString() : TypeNameOf(site, declaration) + " " + variable.Identifier.Text + ";");
            if (isEmpty || variable.Initializer is null)
            {
                StatementRemoval.Remove(site, edits.Edits, declaration);
                continue;
            }

            edits.Edits.Delete(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(declaration.SpanStart, variable.SpanStart));
        }

        if (region.MayBeNothing && region.Block.Declaration is VariableDeclaratorSyntax { Initializer: null } owner && region.Start <= region.List.IndexOf(region.Block.Allocation))
        {
            edits.Edits.Insert(owner.Identifier.Span.End, region.Block.OwnerType is IPointerTypeSymbol ? " = null" : " = default");
        }

        return edits.Guard(end, reuse, release, declarations, unwrapped: unwrapped) ? Plan.Of(title, edits.Edits) : null;
    }

    /// <summary>
    /// A function of the project releases and does more than that. Everywhere else the block would have to be released by it
    /// as well: otherwise what more it does would be lost there, or be done where it was not before.
    /// </summary>
    private static bool LosesMore(GuardedRegion region)
    {
        var site = region.Block.Site;
        return !region.Releases.All(release => release.Statement is ExpressionStatementSyntax call && ReleasingHelper.IsRelease(site, call))
            && (site.Finding.Reason == FixData.ReasonPath || region.Releases.Select(release => release.Statement.ToString()).Distinct(StringComparer.Ordinal).Count() > 1);
    }

    /// <summary>What is released is an address inside of the block, <c>Free(p)</c> after <c>p = block + 4</c>: the release of the block takes its place.</summary>
    private static List<StatementSyntax> ReleasesInside(GuardedRegion region)
    {
        var block = region.Block;
        var method = block.Site.ReleaseTemplate.IndexOf("({0}", StringComparison.Ordinal) is > 0 and var open ? "." + block.Site.ReleaseTemplate.Substring(0, open).Split('.').Last() : null;
        return method is null ? [] : region.List.Statements.Skip(region.Start).SelectMany(statement => statement.DescendantNodesAndSelf()).OfType<ExpressionStatementSyntax>().Where(statement =>
            statement.Expression is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call && ("." + call.Expression).EndsWith(method, StringComparison.Ordinal)
            && !region.Releases.Any(release => release.Statement == statement) && IsInside(block, arguments[0].Expression)).ToList<StatementSyntax>();
    }

    /// <summary>An address that is computed from the block's, or a variable that began as one.</summary>
    private static bool IsInside(OwnedBlock block, ExpressionSyntax address) => OwnedBlock.Bare(address) switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } sum => IsStart(block, sum.Left) || IsInside(block, sum.Left),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression, Operand: ElementAccessExpressionSyntax element } => IsStart(block, element.Expression),
        IdentifierNameSyntax name when block.Site.Model.GetSymbolInfo(name, block.Site.CancellationToken).Symbol is ILocalSymbol local && !SymbolEqualityComparer.Default.Equals(local, block.Owner)
            && local.DeclaringSyntaxReferences[0].GetSyntax(block.Site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value } => IsStart(block, value) || IsInside(block, value),
        _ => false,
    };

    private static bool IsStart(OwnedBlock block, ExpressionSyntax value) => OwnedBlock.Bare(value) is IdentifierNameSyntax name && block.References(name).Any();

    /// <summary>All that follows are releases under conditions: one takes place whatever they say.</summary>
    private static Plan? Instead(GuardedRegion region, IReadOnlyList<StatementSyntax> conditionals, IReadOnlyList<string> release)
    {
        var layout = region.Block.Site.Layout;
        var conditional = conditionals[0];
        if (!layout.StartsLine(conditional.SpanStart))
        {
            return null;
        }

        var edits = new TextEdits();
        if (conditionals.Count > 1)
        {
            StatementRemoval.Remove(region.Block.Site, edits, [.. conditionals.Skip(1)]);
        }

        edits.Replace(conditional.Span, string.Join(layout.NewLine + layout.IndentAt(conditional.SpanStart), release));
        return Plan.Of($"Release '{region.Block.OwnerText}' in any case", edits);
    }

    private static IReadOnlyCollection<StatementSyntax> RemoveReleases(OwnedBlock block, TextEdits edits, IEnumerable<ReleaseCall> calls)
    {
        var removed = new List<StatementSyntax>();
        foreach (var call in calls)
        {
            if (call.Statement.Parent is BlockSyntax { Parent: FinallyClauseSyntax { Parent: TryStatementSyntax { Catches.Count: > 0 } } clause, Statements.Count: 1 })
            {
                edits.Delete(StatementRemoval.LinesOf(block.Site, clause.Span));
                continue;
            }

            removed.Add(call.Whole);
            var clearing = call.ClearingAfter(block, call.Whole) ?? call.ClearingAfter(block, call.Statement);
            if (clearing is not null && !call.Whole.Span.Contains(clearing.Span))
            {
                removed.Add(clearing);
            }
        }

        var gone = StatementRemoval.Remove(block.Site, edits, [.. removed]);
        foreach (var clause in gone.Select(statement => statement.Parent?.Parent).OfType<FinallyClauseSyntax>().Distinct().Where(clause => clause.Parent is TryStatementSyntax { Catches.Count: > 0 } && clause.Block.Statements.All(gone.Contains)))
        {
            edits.Delete(StatementRemoval.LinesOf(block.Site, clause.Span));
        }

        foreach (var clause in gone.Select(statement => statement.Parent?.Parent).OfType<CatchClauseSyntax>().Distinct().Where(clause => clause.Parent is TryStatementSyntax existing && existing.Catches.Last() == clause && (existing.Catches.Count > 1 || existing.Finally is not null) && ThrowsOn(clause, gone)))
        {
            edits.Delete(StatementRemoval.LinesOf(block.Site, clause.Span));
        }

        return gone;
    }

    private static IReadOnlyList<string>? ReleaseLines(GuardedRegion region)
    {
        var site = region.Block.Site;
        var position = region.Block.Statement!.Span.End;
        var unit = site.Layout.UnitAt(region.List.Container);
        if (region.Releases.Count == 0)
        {
            return ReleaseText.Lines(region.Block, position, region.List.Container, region.MayBeNothing, unit);
        }

        // The last release as the author wrote it: it may clear an array, and it may test for null.
        var last = region.Releases[region.Releases.Count - 1];
        var source = last.Whole;
        if (region.MayBeNothing && source == last.Statement && ReleaseText.Lines(region.Block, position, region.List.Container, mayBeNothing: true, unit) is { Count: > 1 } guarded)
        {
            return guarded.Select(line => line.EndsWith(";", StringComparison.Ordinal) ? unit + last.Statement : line).ToList();
        }

        if (region.MayBeNothing && source == last.Statement && site.ReleaseTemplate.Length == 0 && region.Block.OwnerType is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr })
        {
            return site.Layout.Styled(ReleaseText.Guarded(site, region.Block.OwnerText, region.Block.OwnerType, last.Statement.ToString().TrimEnd(';'), unit), region.List.Container);
        }

        // Where the author knew that there is one, there may be none: what begins as null is asked.
        var lines = last.LinesOf(site);
        return lines.Count == 1 && lines[0].StartsWith(region.Block.OwnerText + "!.", StringComparison.Ordinal) ? [region.Block.OwnerText + "?." + lines[0].Substring(region.Block.OwnerText.Length + 2)] : lines;
    }

    private static TryStatementSyntax? GuardingTry(GuardedRegion region)
    {
        var clause = region.Releases[0].Whole.FirstAncestorOrSelf<FinallyClauseSyntax>();
        return clause is { Parent: TryStatementSyntax existing } && clause.Block.Statements.Contains(region.Releases[0].Whole) && IndexOf(region, existing) > region.Start ? existing : null;
    }

    /// <summary>The <c>try</c> that is there for this release alone, in its <c>finally</c> or in a <c>catch</c> that throws on.</summary>
    private static TryStatementSyntax? OnlyInFinally(GuardedRegion region, ReleaseCall release)
    {
        SyntaxNode whole = release.Whole;
        while ((whole.Parent is BlockSyntax { Statements.Count: 1 } inner ? inner.Parent : whole.Parent) is IfStatementSyntax { Else: null } test && StatementRemoval.IsSilent(region.Block.Site, test.Condition) && !HasComments(test))
        {
            whole = test;
        }

        return (whole.Parent as BlockSyntax)?.Parent switch
        {
            FinallyClauseSyntax { Block.Statements.Count: 1, Parent: TryStatementSyntax { Catches.Count: 0 } existing } when IndexOf(region, existing) >= region.Start => existing,
            CatchClauseSyntax { Parent: TryStatementSyntax { Catches.Count: 1, Finally: null } existing } clause when IndexOf(region, existing) >= region.Start && ThrowsOn(clause, [release.Whole, .. Clearing(region.Block, release)]) => existing,
            _ => null,
        };
    }

    private static IEnumerable<StatementSyntax> Clearing(OwnedBlock block, ReleaseCall release) => release.ClearingAfter(block, release.Whole) is { } clearing ? [clearing] : [];

    /// <summary>Without what is <paramref name="gone"/> the clause does nothing but throw on what it has caught.</summary>
    private static bool ThrowsOn(CatchClauseSyntax clause, IReadOnlyCollection<StatementSyntax> gone) =>
        clause.Filter is null && clause.Block.Statements.Where(statement => !gone.Contains(statement)).ToList() is { Count: 1 } left && left[0] is ThrowStatementSyntax { Expression: null }
        && !clause.DescendantTrivia().Any(trivia => trivia.IsDirective || trivia.ToString().StartsWith("/", StringComparison.Ordinal));

    private static int IndexOf(GuardedRegion region, StatementSyntax statement)
    {
        var index = region.List.IndexOf(statement);
        return index >= 0 && region.List.Statements[index] == statement ? index : -1;
    }

    /// <summary>The locals declared in the region, up to <paramref name="end"/>, that are used after it.</summary>
    private static List<ISymbol> UsedAfter(GuardedRegion region, int end)
    {
        var site = region.Block.Site;
        var declared = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (var i = region.Start; i < end; i++)
        {
            foreach (var node in region.List.Statements[i].DescendantNodesAndSelf())
            {
                if (node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or LocalFunctionStatementSyntax && site.Model.GetDeclaredSymbol(node, site.CancellationToken) is { } symbol)
                {
                    declared.Add(symbol);
                }
            }
        }

        var used = region.List.Statements.Skip(end + 1).Concat(region.List.Container is SwitchSectionSyntax { Parent: SwitchStatementSyntax all } ? all.Sections.Where(section => section != region.List.Container).SelectMany(section => section.Statements) : [])
            .SelectMany(statement => statement.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
            .Where(name => declared.Any(symbol => symbol.Name == name.Identifier.ValueText))
            .Select(name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol)
            .Where(symbol => symbol is not null && declared.Contains(symbol));
        return used.Distinct(SymbolEqualityComparer.Default).Select(symbol => symbol!).ToList();
    }

    private static IReadOnlyList<LocalDeclarationStatementSyntax>? Hoist(GuardedRegion region, List<ISymbol> locals)
    {
        var declarations = new List<LocalDeclarationStatementSyntax>();
        foreach (var local in locals)
        {
            if (local is not ILocalSymbol { IsRef: false, IsConst: false, IsUsing: false, Type: { IsAnonymousType: false, TypeKind: not TypeKind.Error } }
                || local.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } }
                || IndexOf(region, statement) < 0)
            {
                return null;
            }

            declarations.Add(statement);
        }

        return declarations.OrderBy(declaration => declaration.SpanStart).ToList();
    }

    private static string TypeNameOf(FixSite site, LocalDeclarationStatementSyntax declaration)
    {
        if (!declaration.Declaration.Type.IsVar)
        {
            return declaration.Declaration.Type.ToString();
        }

        var type = ((ILocalSymbol)site.Model.GetDeclaredSymbol(declaration.Declaration.Variables[0])!).Type;
        var annotated = site.Model.GetNullableContext(declaration.SpanStart).AnnotationsEnabled();
        return (annotated ? type : type.WithNullableAnnotation(NullableAnnotation.None)).ToMinimalDisplayString(site.Model, declaration.SpanStart);
    }
}
