using LifetimeAnalyzers.CodeFixes.Bodies;
using LifetimeAnalyzers.CodeFixes.Editing;
using LifetimeAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Repairs;

/// <summary>
/// Releases in a <c>finally</c> what a part of a local holds: the member or the element, or, where any element may hold a
/// block, all of them in a loop.
/// </summary>
internal sealed class ReleaseParts : Repair
{
    public override string Name => "ReleaseParts";

    public override IEnumerable<Plan?> Plans(FixSite site)
    {
        if (OwnedBlock.Find(site) is not { } block || HeldParts.Of(block) is not { } parts || !parts.StaysWhereItIs() || (site.Finding.LeavesBody && !(parts.IsAnyElement && parts.IsOnlyLookedAt(except: ReleasingHelperOf(parts)))))
        {
            yield break;
        }

        // Elements are nothing until they are allocated, so that the guard may begin with their holder.
        var first = parts.IsAnyElement ? parts.Declaration : parts.Statement;
        if (StatementList.Around(first.Parent is GlobalStatementSyntax ? first.Parent : first).FirstOrDefault() is not { } list || !parts.EndsIn(list))
        {
            yield break;
        }

        var start = list.IndexOf(first) + 1;
        var releases = site.Finding.PlacesOf(FixData.Release).Distinct().ToList();
        if (releases.Count == 0)
        {
            if (parts.IsAnyElement && Enumerable.Range(start, list.Statements.Count - start).Cast<int?>().FirstOrDefault(i => IsReleasing(parts, list.Statements[i!.Value])) is { } releasing && releasing > start && !UsesLater(site, list, start, releasing))
            {
                var edits = new TryFinallyEdits(site, list, start);
                yield return edits.Guard(releasing, reuse: true, null, []) ? Plan.Of($"Release what '{parts.Path}' holds in a finally block", edits.Edits) : null;
            }

            var end = list.CountWithoutTrailingFunctions();
            if (!(parts.IsAnyElement && parts.LosesElements()) && parts.ReleaseLines(list.Container) is { } lines)
            {
                yield return start < end ? Guarded(parts, list, start, end, lines) : AtOnce(parts, lines);
            }
        }
        else if (releases.Count == 1 && !parts.IsAnyElement)
        {
            yield return Reused(parts, list, start, releases[0]);
        }
        else if (releases.Count == 1 && parts.IsAnyElement && site.ReleaseTakesNull && LoopOf(site, list, releases[0]) is > 0 and var loop && loop > start)
        {
            var edits = new TryFinallyEdits(site, list, start);
            if (!UsesLater(site, list, start, loop) && edits.Guard(loop, reuse: true, null, []))
            {
                yield return Plan.Of($"Release what '{parts.Path}' holds in a finally block", edits.Edits);
            }
        }
    }

    /// <summary>Where the release of a part stands in the same list, it becomes the body of the <c>finally</c>.</summary>
    private static Plan? Reused(HeldParts parts, StatementList list, int start, Microsoft.CodeAnalysis.Text.TextSpan release)
    {
        var site = parts.Block.Site;
        if (ReleaseHeld.WholeOf(site, list, release) is not { } whole || list.IndexOf(whole) is var end && (end <= start || list.UsesLater(start, end)))
        {
            return null;
        }

        var edits = new TryFinallyEdits(site, list, start);
        return edits.Guard(end, reuse: true, null, []) ? Plan.Of($"Release '{parts.Path}' in a finally block", edits.Edits) : null;
    }

    private static Plan? Guarded(HeldParts parts, StatementList list, int start, int end, IReadOnlyList<string> lines)
    {
        var edits = new TryFinallyEdits(parts.Block.Site, list, start);
        if (parts.IsAnyElement && parts.Clearings() is { Count: > 0 } clearings)
        {
            // What is released behind it has to be in there still.
            if (clearings.Count > 1 || !parts.IsLast(clearings[0]))
            {
                return null;
            }

            StatementRemoval.Remove(parts.Block.Site, edits.Edits, clearings[0]);
        }

        if (parts.IsAnyElement)
        {
            StatementRemoval.Remove(parts.Block.Site, edits.Edits, [.. parts.ElementReleases()]);
        }

        return edits.Guard(end, reuse: false, lines, []) ? Plan.Of(parts.IsAnyElement ? $"Release what '{parts.Path}' holds in a finally block" : $"Release '{parts.Path}' in a finally block", edits.Edits) : null;
    }

    private static Plan? AtOnce(HeldParts parts, IReadOnlyList<string> lines)
    {
        var layout = parts.Block.Site.Layout;
        if (!layout.StartsLine(parts.Statement.SpanStart))
        {
            return null;
        }

        var edits = new TextEdits();
        edits.Insert(layout.NextLine(parts.Statement.Span.End), string.Concat(lines.Select(line => layout.IndentAt(parts.Statement.SpanStart) + line + layout.NewLine)));
        return Plan.Of($"Release '{parts.Path}'", edits);
    }

    /// <summary>A loop over the elements that does nothing but release them, and takes those that are not filled yet.</summary>
    private static bool IsReleasing(HeldParts parts, StatementSyntax statement)
    {
        var site = parts.Block.Site;
        var isCollection = parts.Holder.Type is not IArrayTypeSymbol;
        return statement == ReleasingHelperOf(parts) && isCollection || statement is ForStatementSyntax or CommonForEachStatementSyntax && (isCollection || site.ReleaseTakesNull)
            && statement.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == parts.Holder.Name)
            && statement.DescendantNodes().OfType<StatementSyntax>().All(inner => inner is BlockSyntax or ExpressionStatementSyntax { Expression: InvocationExpressionSyntax })
            && statement.DescendantNodes().OfType<InvocationExpressionSyntax>().ToList() is { Count: 1 } calls
            && site.ReleaseTemplate.Contains("." + (calls[0].Expression is MemberAccessExpressionSyntax access ? access.Name : calls[0].Expression).ToString() + "(");
    }

    /// <summary>A call at the end that is handed the collection, and by its name releases what is in it.</summary>
    private static ExpressionStatementSyntax? ReleasingHelperOf(HeldParts parts) =>
        parts.Declaration.Parent is BlockSyntax body ? body.Statements.OfType<ExpressionStatementSyntax>().LastOrDefault(statement => parts.Block.Site.Finding.PlacesOf(FixData.Taken).Contains(statement.Expression.Span)
            && statement.Expression is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } call && arguments[0].Expression is IdentifierNameSyntax name && name.Identifier.ValueText == parts.Holder.Name
            && parts.Block.Site.Model.GetSymbolInfo(call, parts.Block.Site.CancellationToken).Symbol is IMethodSymbol method && OwnPair.IsReleaseName(method.Name)) : null;

    /// <summary>The loop of the list that does nothing but release.</summary>
    private static int LoopOf(FixSite site, StatementList list, Microsoft.CodeAnalysis.Text.TextSpan release)
    {
        if (site.NodeAt<ExpressionSyntax>(release)?.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement)
        {
            return -1;
        }

        SyntaxNode whole = statement.Parent is BlockSyntax { Statements.Count: 1 } only ? only : statement;
        return whole.Parent is ForStatementSyntax or CommonForEachStatementSyntax && list.Statements.ToList().IndexOf((StatementSyntax)whole.Parent) is var index ? index : -1;
    }

    /// <summary>What is declared before the loop is used after it, or by it.</summary>
    private static bool UsesLater(FixSite site, StatementList list, int start, int loop)
    {
        var declared = new HashSet<string>(list.Statements.Skip(start).Take(loop - start).OfType<LocalDeclarationStatementSyntax>().SelectMany(statement => statement.Declaration.Variables).Select(variable => variable.Identifier.ValueText), StringComparer.Ordinal);
        return list.Statements.Skip(loop).SelectMany(statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>().Any(name => declared.Contains(name.Identifier.ValueText));
    }
}
