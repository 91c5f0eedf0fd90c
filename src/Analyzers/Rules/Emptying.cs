using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules;

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

    /// <summary><c>foreach (var block in Make())</c>: the loop that goes through what the call gives.</summary>
    private static bool IsLoopOver(SyntaxNode statement, SyntaxNode site) => statement is CommonForEachStatementSyntax loop && loop.Expression.Span.Contains(site.Span);

    private static IEnumerable<SyntaxNode> Places(Block block, BodyResult result)
    {
        foreach (var release in result.Facts.Releases)
        {
            if (LeakRules.IsSameSite(release.Key, block))
            {
                foreach (var call in release.Value)
                {
                    yield return call.Syntax;
                }
            }
        }

        foreach (var departure in result.Facts.Departures)
        {
            if (LeakRules.IsSameSite(departure.Block, block))
            {
                yield return departure.At?.Syntax ?? block.Site!.Syntax;
            }
        }
    }

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
