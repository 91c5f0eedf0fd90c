using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Corpus.Sources;

/// <summary>The reference assemblies of the SDK: .NET and ASP.NET Core. Loaded once a process.</summary>
internal static class FrameworkReferences
{
    private static readonly string[] Packs = ["Microsoft.NETCore.App.Ref", "Microsoft.AspNetCore.App.Ref"];

    /// <summary>One reference an assembly; ASP.NET Core's own copies of .NET assemblies are left out.</summary>
    public static IReadOnlyList<MetadataReference> All { get; } = Load();

    private static List<MetadataReference> Load()
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return Packs.SelectMany(pack => Directory.EnumerateFiles(NewestVersion(pack), "*.dll").Order(StringComparer.Ordinal))
            .Where(file => seen.Add(Path.GetFileName(file)))
            .Select(file => (MetadataReference)MetadataReference.CreateFromFile(file))
            .ToList();
    }

    private static string NewestVersion(string pack)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.GetFullPath(Path.Combine(runtime, "../../../packs", pack));
        var version = Directory.GetDirectories(packs)
            .OrderByDescending(folder => Version.Parse(Path.GetFileName(folder).Split('-')[0]))
            .First();
        return Directory.GetDirectories(Path.Combine(version, "ref")).Single();
    }
}
