using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.Docs.Tests;

/// <summary>The page of one rule, taken apart: its title, the table at its head, its sections.</summary>
internal sealed partial class RulePage
{
    private readonly Dictionary<string, string> _sections = new(StringComparer.Ordinal);

    private RulePage(string text)
    {
        Title = text[..text.IndexOf('\n', StringComparison.Ordinal)];
        Head = FactLine().Matches(text).ToDictionary(line => line.Groups[1].Value, line => line.Groups[2].Value, StringComparer.Ordinal);
        foreach (var section in text.Split("\n## ").Skip(1))
        {
            var end = section.IndexOf('\n', StringComparison.Ordinal);
            _sections.Add(section[..end].Trim(), section[(end + 1)..]);
        }
    }

    /// <summary>All rules, in the order of their ids.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Rules { get; } = new LifetimeAnalyzer().SupportedDiagnostics;

    /// <summary>The ids for which the package has a fix.</summary>
    public static IReadOnlySet<string> Fixable { get; } = typeof(CodeFixes.CodeFixAssembly).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
        .SelectMany(type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The first line.</summary>
    public string Title { get; }

    /// <summary>The facts at the head of the page: category, severity, fix.</summary>
    public IReadOnlyDictionary<string, string> Head { get; }

    /// <summary>The headings of the sections, in their order.</summary>
    public IReadOnlyList<string> Headings => [.. _sections.Keys];

    /// <summary>How pages write a severity.</summary>
    public static string Word(DiagnosticSeverity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>Where the page of a rule is.</summary>
    public static string PathOf(string id) => $"docs/rules/{id}.md";

    /// <summary>Reads the page of a rule.</summary>
    public static RulePage Of(string id) => new(Repository.Read(PathOf(id)));

    /// <summary>The C# blocks of a section; none when the page does not have it.</summary>
    public IReadOnlyList<string> Code(string heading) =>
        _sections.TryGetValue(heading, out var section) ? [.. CodeBlock().Matches(section).Select(block => block.Groups[1].Value)] : [];

    /// <summary>The messages that a section quotes.</summary>
    public IReadOnlyList<string> Quotes(string heading) =>
        _sections.TryGetValue(heading, out var section) ? [.. Quote().Matches(section).Select(quote => quote.Groups[1].Value)] : [];

    [GeneratedRegex(@"^\| ([A-Z][^|]*) \| (.*) \|$", RegexOptions.Multiline)]
    private static partial Regex FactLine();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^> (.*)$", RegexOptions.Multiline)]
    private static partial Regex Quote();
}
