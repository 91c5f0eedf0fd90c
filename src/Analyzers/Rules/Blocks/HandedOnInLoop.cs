using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Blocks;

/// <summary>
/// A loop that hands a block on in each of its rounds: that it has a round at all, the programmer knows. A path on which it has
/// none is no reason to speak.
/// </summary>
internal static class HandedOnInLoop
{
    /// <summary>Whether the path to the leak goes past such a loop.</summary>
    public static bool Explains(Finding leak, BodyResult result)
    {
        if (leak.Kind is not (FindingKind.LostAtExit or FindingKind.LostByThrow) ||
            result.Facts.Rounds.Where(round => LeakRules.IsSameSite(round.Block, leak.Block!)).ToList() is not { Count: > 0 } rounds)
        {
            return false;
        }

        var thrower = leak.State?.ThrownBy ?? (leak.Kind == FindingKind.LostByThrow ? leak.At : null);
        for (var step = leak.Path; step is not null; step = step.Before)
        {
            if (LoopAt(step.Condition.Syntax) is { } loop && !(thrower is not null && loop.Span.Contains(thrower.Syntax.Span)) && !loop.Span.Contains(leak.Block!.Site!.Syntax.Span) && HandsOn(loop, rounds))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HandsOn(StatementSyntax loop, List<Round> rounds)
    {
        var own = rounds.FindAll(round => round.End is null || loop.Span.Contains(round.End.Syntax.Span));
        return own.Count > 0 && own.TrueForAll(static round => !round.IsKept);
    }

    /// <summary>The loop whose condition or collection this is.</summary>
    private static StatementSyntax? LoopAt(SyntaxNode condition)
    {
        var statement = condition.FirstAncestorOrSelf<StatementSyntax>();
        return statement switch
        {
            ForStatementSyntax { Statement: var body } when !body.Span.Contains(condition.Span) => statement,
            WhileStatementSyntax or CommonForEachStatementSyntax => statement,
            _ => null,
        };
    }
}
