using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Configuration;

/// <summary>The values of options for each source file: <c>.editorconfig</c> files apply by folder. Thread-safe.</summary>
internal sealed class OptionReader(AnalyzerConfigOptionsProvider provider)
{
    private readonly ConcurrentDictionary<(OptionDefinition Option, string Text), object?> _read = new();

    /// <summary>What <paramref name="option"/> is for the code of <paramref name="tree"/>; without one, for the project.</summary>
    public T Get<T>(OptionDefinition<T> option, SyntaxTree? tree)
    {
        var options = tree is null ? provider.GlobalOptions : provider.GetOptions(tree);
        if (!options.TryGetValue(option.Key, out var text) || string.IsNullOrWhiteSpace(text))
        {
            return option.Default;
        }

        return (T)_read.GetOrAdd((option, text.Trim()), key => option.Read(key.Text))!;
    }
}
