using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Flow.Elements;

/// <summary>
/// What is put into a collection of somebody else after its release, where the next one finds it: <c>if (idle.Count &gt; 8)
/// Free(block); idle.Push(block);</c>.
/// </summary>
internal static class LateElements
{
    /// <summary>
    /// Whether <paramref name="value"/> is put there by mistake. The number of a freed block may be noted on purpose; not
    /// where the same call notes blocks that have not been freed, and nobody notes what has gone back to a pool.
    /// </summary>
    public static bool IsMistake(Sym collection, Value value, Frame frame, IOperation at) =>
        collection.Kind != SymKind.NewObject && Givings.IsQueue(collection.Type) &&
        (value is Pointer { IsView: false, IsCleared: false, Block: var own } ? own : value is Sym { Kind: SymKind.Input } given && !frame.State.Blocks.IsEmpty ? frame.Universe.External(given) : null) is { } block &&
        frame.State[block] is { Ownership: Ownership.Released, ReleasedAt: { } release, ReleasedAs: { IsCounted: false } family } &&
        (family.Lifetime == Families.Lifetime.Pool || IsConditional(release.Syntax, at.Syntax));

    /// <summary>A test stands before the release and not before the other place.</summary>
    private static bool IsConditional(SyntaxNode release, SyntaxNode at)
    {
        for (var node = release.Parent; node is not (null or MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax); node = node.Parent)
        {
            if (node.Span.Contains(at.Span))
            {
                return false;
            }

            if (node is IfStatementSyntax)
            {
                return node.SpanStart < at.SpanStart;
            }
        }

        return false;
    }
}
