using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Configuration;

/// <summary>LIFE090 for keys of <c>.editorconfig</c> that are unknown and values that are nonsense.</summary>
internal static class OptionProblems
{
    /// <summary>
    /// Every such key and value once, however many files it applies to; at its line where the configuration file is among
    /// the additional files, else without a place.
    /// </summary>
    public static IEnumerable<Diagnostic> In(Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        foreach (var (key, value) in Settings(compilation, options.AnalyzerConfigOptionsProvider, cancellationToken))
        {
            if (ProblemOf(key, value) is { } problem)
            {
                yield return Diagnostic.Create(Rules.Descriptors.BadConfiguration, LocationOf(key, value, options.AdditionalFiles, cancellationToken), problem);
            }
        }
    }

    /// <summary>What is wrong, with what is allowed and what is assumed instead; null when nothing is.</summary>
    public static string? ProblemOf(string key, string value)
    {
        if (Options.Find(key) is not { } option)
        {
            var nearest = Options.All.OrderBy(known => Distance(known.Key, key)).First();
            var suggestion = Distance(nearest.Key, key) <= 5 ? $"did you mean '{nearest.Key}'?" : $"the options are {string.Join(", ", Options.All.Select(known => known.Key))}";
            return $"the option '{key}' does not exist and is ignored; {suggestion}";
        }

        if (string.IsNullOrWhiteSpace(value) || option.ProblemOf(value.Trim()) is not { } problem)
        {
            return null;
        }

        var assumed = option is OptionDefinition<ImmutableArray<string>> ? "the other names count" : $"'{option.DefaultText}' is assumed";
        return $"'{option.Key} = {value}': {problem}; {assumed}";
    }

    private static IEnumerable<(string Key, string Value)> Settings(Compilation compilation, AnalyzerConfigOptionsProvider provider, CancellationToken cancellationToken)
    {
        var seen = new HashSet<(string, string)>();
        var read = new HashSet<AnalyzerConfigOptions>();
        foreach (var options in compilation.SyntaxTrees.Select(provider.GetOptions).Prepend(provider.GlobalOptions))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!read.Add(options))
            {
                continue;
            }

            foreach (var key in KeysOf(options))
            {
                if (key.StartsWith(OptionDefinition.Prefix, StringComparison.OrdinalIgnoreCase) && options.TryGetValue(key, out var value) && seen.Add((key, value)))
                {
                    yield return (key, value);
                }
            }
        }
    }

    /// <summary>A host that cannot list its keys still has its values looked at.</summary>
    private static IEnumerable<string> KeysOf(AnalyzerConfigOptions options)
    {
        try
        {
            return options.Keys;
        }
        catch (NotImplementedException)
        {
            return Options.All.Select(option => option.Key);
        }
    }

    private static Location LocationOf(string key, string value, ImmutableArray<AdditionalText> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            if (!IsConfiguration(file.Path) || file.GetText(cancellationToken) is not { } text)
            {
                continue;
            }

            foreach (var line in text.Lines)
            {
                if (Sets(line.ToString(), key, value))
                {
                    return Location.Create(file.Path, line.Span, text.Lines.GetLinePositionSpan(line.Span));
                }
            }
        }

        return Location.None;
    }

    private static bool IsConfiguration(string path) =>
        path.EndsWith(".editorconfig", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".globalconfig", StringComparison.OrdinalIgnoreCase);

    private static bool Sets(string line, string key, string value)
    {
        var equals = line.IndexOf('=');
        return equals > 0
            && string.Equals(line.Substring(0, equals).Trim(), key, StringComparison.OrdinalIgnoreCase)
            && line.Substring(equals + 1).TrimStart().StartsWith(value.Trim(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The number of letters to insert, remove or change.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = diagonal + (one[i - 1] == char.ToLowerInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[other.Length];
    }
}
