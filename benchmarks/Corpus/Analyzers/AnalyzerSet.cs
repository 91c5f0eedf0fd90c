using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Corpus.Analyzers;

/// <summary>The analyzers that are measured, loaded from files so that the shipped assembly is what runs.</summary>
internal static class AnalyzerSet
{
    /// <summary>The analyzer of this repository, or of the assembly named instead.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Ours(string? assembly = null) =>
        Load(assembly ?? Place("LifetimeAnalyzers"), _ => true);

    /// <summary>CA2000 and CA2213: the platform's own rules of the same purpose.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Platform() =>
        Load(Place("NetAnalyzers"), analyzer => Reports(analyzer, "CA2000") || Reports(analyzer, "CA2213"));

    /// <summary>CA2000 alone.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Ca2000() => Load(Place("NetAnalyzers"), analyzer => Reports(analyzer, "CA2000"));

    /// <summary>All rules of IDisposableAnalyzers.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> DisposableAnalyzers() => Load(Place("IDisposableAnalyzers"), _ => true);

    /// <summary>The sets by the name they have on the command line.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Named(string name, string? ours) => name switch
    {
        "ours" => Ours(ours),
        "ca2000" => Ca2000(),
        "platform" => Platform(),
        "disposable" => DisposableAnalyzers(),
        "empty" => [new EmptyOperationBlocks()],
        _ => throw new ArgumentException($"No set of analyzers is called '{name}'.", nameof(name)),
    };

    private static bool Reports(DiagnosticAnalyzer analyzer, string id) =>
        analyzer.SupportedDiagnostics.Any(descriptor => descriptor.Id == id);

    private static string Place(string name) =>
        typeof(AnalyzerSet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Analyzer." + name).Value!;

    private static ImmutableArray<DiagnosticAnalyzer> Load(string place, Func<DiagnosticAnalyzer, bool> wanted)
    {
        var files = Directory.Exists(place) ? Directory.GetFiles(place, "*.dll") : [place];
        var byName = files.ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, StringComparer.OrdinalIgnoreCase);
        // By bytes: a build may replace the file while a run of an hour still reads it.
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
            byName.TryGetValue(new AssemblyName(request.Name).Name!, out var file) ? Assembly.Load(File.ReadAllBytes(file)) : null;
        return
        [
            .. files.Select(file => Assembly.Load(File.ReadAllBytes(file)))
                .SelectMany(Types)
                .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && ForCSharp(type))
                .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type, nonPublic: true)!)
                .Where(wanted),
        ];
    }

    private static bool ForCSharp(Type type) =>
        type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is { } attribute && attribute.Languages.Contains("C#");

    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            // Code fixes in the same assembly want workspaces, which are not needed here.
            return exception.Types.OfType<Type>();
        }
    }
}
