using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Contexts;

/// <summary>A loop that ends with the process or with a long-lived connection only. A scope per iteration belongs into its <see cref="Body"/>.</summary>
/// <param name="Statement">The whole loop.</param>
/// <param name="Body">What is repeated; a block, or a single statement.</param>
/// <param name="Reason">The loop in words: <c>the accept loop on line 12</c>.</param>
internal sealed record PersistentLoop(StatementSyntax Statement, StatementSyntax Body, string Reason)
{
    /// <summary>The place of the loop's keyword, for an additional location.</summary>
    public Location KeywordLocation => Statement.GetFirstToken().GetLocation();
}
