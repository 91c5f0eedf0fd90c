using System.Collections.Immutable;
using System.Reflection;

namespace LifetimeAnalyzers.Families;

/// <summary>The files that the analyzer brings along as resources, read once per process.</summary>
internal static class BuiltInFiles
{
    private static readonly Lazy<ImmutableArray<LifetimeFile>> s_files = new(Read);
    private static readonly Lazy<FamilyTable> s_table = new(() => FamilyTable.Create(s_files.Value, null));

    /// <summary>The files, by name.</summary>
    public static ImmutableArray<LifetimeFile> All => s_files.Value;

    /// <summary>The table of these files alone.</summary>
    public static FamilyTable Table => s_table.Value;

    private static ImmutableArray<LifetimeFile> Read()
    {
        var assembly = typeof(BuiltInFiles).GetTypeInfo().Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.EndsWith(LifetimeFile.Extension, StringComparison.Ordinal));
        return names.OrderBy(name => name, StringComparer.Ordinal).Select(name => Read(assembly, name)).ToImmutableArray();
    }

    private static LifetimeFile Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return LifetimeFileParser.Parse(name, Lines(reader));
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
