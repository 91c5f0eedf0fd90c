using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts;

/// <summary>The semantic models of a compilation, made once per tree, so that what is bound for one question serves the next. Thread-safe.</summary>
internal sealed class SemanticModels(Compilation compilation)
{
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    /// <summary>The model of <paramref name="tree"/>, which belongs to the compilation.</summary>
    public SemanticModel For(SyntaxTree tree) => _models.GetOrAdd(tree, key => compilation.GetSemanticModel(key));
}
