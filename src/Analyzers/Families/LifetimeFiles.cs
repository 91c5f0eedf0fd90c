using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Families;

/// <summary>The <c>*.lifetime.txt</c> files among a compilation's additional files.</summary>
internal static class LifetimeFiles
{
    private static readonly ConditionalWeakTable<SourceText, LifetimeFile> s_read = new();

    /// <summary>Whether <paramref name="file"/> is one of them.</summary>
    public static bool IsOne(AdditionalText file) => file.Path.EndsWith(LifetimeFile.Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>The file's statements, with its text for locations; null when it cannot be read. Kept with the text.</summary>
    public static (LifetimeFile File, SourceText Text)? Read(AdditionalText file, CancellationToken cancellationToken)
    {
        if (file.GetText(cancellationToken) is not { } text)
        {
            return null;
        }

        var name = file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1);
        return (s_read.GetValue(text, text => LifetimeFileParser.Parse(name, text.Lines.Select(line => line.ToString()))), text);
    }

    /// <summary>The files of <paramref name="options"/> that can be read; the same objects as long as their texts are.</summary>
    public static ImmutableArray<LifetimeFile> OwnOf(AnalyzerOptions options, CancellationToken cancellationToken) =>
        options.AdditionalFiles.Where(IsOne).Select(file => Read(file, cancellationToken)?.File).OfType<LifetimeFile>().ToImmutableArray();

    /// <summary>The built-in table, with the files of <paramref name="options"/> added to it.</summary>
    public static FamilyTable TableFor(Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        var own = OwnOf(options, cancellationToken);
        return own.IsEmpty ? BuiltInFiles.Table : FamilyTable.Create(BuiltInFiles.All.AddRange(own), compilation);
    }
}
