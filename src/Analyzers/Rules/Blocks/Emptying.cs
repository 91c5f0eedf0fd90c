using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>Where the code takes the blocks out again that a loop has put into an array or collection.</summary>
internal static class Emptying
{
    /// <summary>Whether the body is left before it comes to where the table is emptied, by whatever condition it would do that.</summary>
    public static bool IsStillAhead(Finding leak, BodyResult result)
    {
        var site = leak.Block!.Site!.Syntax;
        if (leak.Kind is not (FindingKind.LostAtExit or FindingKind.LostInside) || leak.State?.ThrownBy is not null || leak.Path is not { } path)
        {
            return false;
        }

        var deciding = path.Condition.Syntax;
        foreach (var emptied in Places(leak.Block, result))
        {
            if (emptied == deciding)
            {
                // the path is the one on which it was not taken
                continue;
            }

            if (emptied.SyntaxTree != site.SyntaxTree || emptied.SpanStart <= deciding.SpanStart || site.SpanStart > deciding.SpanStart || site.Span.Contains(emptied.Span))
            {
                return false;
            }

            for (var outer = emptied.Parent; outer is not null && (!outer.Span.Contains(site.Span) || IsLoopOver(outer, site)); outer = outer.Parent)
            {
                if (IsLoopOver(outer, site) || outer is FinallyClauseSyntax or CatchClauseSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax || IsAskedIn(outer, path))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>A loop fills the table, and all that the code ever releases is one element, outside of every loop.</summary>
    /// <returns>The release; null when that is not so.</returns>
    public static IOperation? OfOneOnly(Block block, BodyResult result)
    {
        var site = block.Site!;
        var only = OnlyRelease(block, result);
        return only is not null && only.Syntax.SyntaxTree == site.Syntax.SyntaxTree && Loops.AreAround(site.Syntax) && !Loops.AreAround(only.Syntax) && only.Syntax.SpanStart > site.Syntax.SpanStart && !IsInFunction(only.Syntax, site.Syntax) &&
            TakesOne(only.Instance) && only.Arguments.All(argument => TakesOne(argument.Value)) ? only : null;

        bool TakesOne(IOperation? handed) => BodyAnalysis.StripConversions(handed)?.Type is not { } type || SymbolEqualityComparer.Default.Equals(type, site.Type) || type is not (IArrayTypeSymbol or INamedTypeSymbol { TypeArguments.IsEmpty: false } or { SpecialType: SpecialType.None, TypeKind: TypeKind.Interface or TypeKind.Class });
    }

    /// <summary>The only thing that the body ever does to the block, or to one in the same table: a call that releases it, or takes it over. Null when there are several, or something else.</summary>
    public static IInvocationOperation? OnlyRelease(Block block, BodyResult result)
    {
        IInvocationOperation? only = null;
        foreach (var emptied in Operations(block, result))
        {
            if (emptied is not IInvocationOperation call || (only is not null && only.Syntax != call.Syntax))
            {
                return null;
            }

            only = call;
        }

        return only;
    }

    /// <summary>
    /// A loop fills the table from its first element on, and the only one that releases elements begins behind that, or ends before the last:
    /// <c>for (var i = 1; i &lt; n; i++) Free(blocks[i]);</c>.
    /// </summary>
    public static bool IsOfAllButOne(Block block, IInvocationOperation only)
    {
        var site = block.Site!.Syntax;
        return only is { Syntax: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } handed } release } && release.SyntaxTree == site.SyntaxTree && !IsInFunction(release, site) && handed[0].Expression is ElementAccessExpressionSyntax released &&
            site.Parent?.Parent is not null && site.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { Left: ElementAccessExpressionSyntax filled } && filled.Expression is IdentifierNameSyntax table && SyntaxFactory.AreEquivalent(released.Expression, table) &&
            IsOnlySeenInLoops(table) && Loops.CountAround(filled) is { } fills && Loops.CountAround(released) is { } releases && fills.Loop != releases.Loop &&
            (releases.First > fills.First || (releases.First == fills.First && IsLess(releases.End, fills.End, table)));
    }

    /// <summary>No element is looked at by itself, outside of every loop: that one may go its own way.</summary>
    private static bool IsOnlySeenInLoops(IdentifierNameSyntax table) =>
        table.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().OfType<IdentifierNameSyntax>().All(mention => mention.Identifier.ValueText != table.Identifier.ValueText ||
            mention.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" } || (mention.Parent is ElementAccessExpressionSyntax && Loops.AreAround(mention)) || mention.Parent is CommonForEachStatementSyntax);

    /// <summary>Whether a loop that ends at <paramref name="end"/> ends before one that ends at <paramref name="other"/>: <c>n - 1</c> and <c>n</c>.</summary>
    private static bool IsLess(ExpressionSyntax end, ExpressionSyntax other, IdentifierNameSyntax table) =>
        (end is LiteralExpressionSyntax { Token.Value: int last } && other is LiteralExpressionSyntax { Token.Value: int all } && last < all) ||
        (end is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression, Left: var whole, Right: LiteralExpressionSyntax { Token.Value: int and > 0 } } &&
            (SyntaxFactory.AreEquivalent(whole, other) || whole is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count", Expression: var of } && SyntaxFactory.AreEquivalent(of, table)));

    private static bool IsInFunction(SyntaxNode node, SyntaxNode site) =>
        node.Ancestors().TakeWhile(outer => !outer.Span.Contains(site.Span)).Any(static outer => outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    /// <summary><c>foreach (var block in Make())</c>: the loop that goes through what the call gives.</summary>
    private static bool IsLoopOver(SyntaxNode statement, SyntaxNode site) => statement is CommonForEachStatementSyntax loop && loop.Expression.Span.Contains(site.Span);

    private static IEnumerable<SyntaxNode> Places(Block block, BodyResult result) =>
        Operations(block, result).Select(operation => operation?.Syntax ?? block.Site!.Syntax);

    /// <summary>What releases the block, or takes it elsewhere; null for what cannot be told.</summary>
    private static IEnumerable<IOperation?> Operations(Block block, BodyResult result) =>
        result.Facts.Releases.Where(release => LeakRules.IsSameSite(release.Key, block)).SelectMany(static release => release.Value)
            .Concat(result.Facts.Departures.Where(departure => LeakRules.IsSameSite(departure.Block, block)).Select(static departure => departure.At));

    /// <summary>The path has met a condition of the statement: it came there, and went on.</summary>
    private static bool IsAskedIn(SyntaxNode statement, Step path)
    {
        if (statement is not StatementSyntax)
        {
            return false;
        }

        for (var step = path; step is not null; step = step.Before)
        {
            if (statement.Span.Contains(step.Condition.Syntax.Span) && step.Condition.Syntax.SyntaxTree == statement.SyntaxTree)
            {
                return true;
            }
        }

        return false;
    }
}
