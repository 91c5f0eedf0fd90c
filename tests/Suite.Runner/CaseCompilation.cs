using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LifetimeAnalyzers.Suite;

/// <summary>Compiles cases: together with the support files, unsafe code allowed, against the reference assemblies of .NET 10.</summary>
public static class CaseCompilation
{
    /// <summary>How cases are parsed: the newest language the compiler at hand speaks.</summary>
    public static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Regular);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    private static readonly Lazy<ImmutableArray<MetadataReference>> Platform = new(ReadPlatform);

    /// <summary>The reference assemblies of the platform, read once.</summary>
    public static ImmutableArray<MetadataReference> References => Platform.Value;

    /// <summary>A compilation of the trees.</summary>
    public static CSharpCompilation Of(string name, IEnumerable<SyntaxTree> trees) =>
        CSharpCompilation.Create(name, trees, References, Options);

    private static ImmutableArray<MetadataReference> ReadPlatform()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string packs = Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref");
        string? folder = !Directory.Exists(packs) ? null : Directory.EnumerateDirectories(packs)
            .OrderByDescending(path => Version.TryParse(Path.GetFileName(path), out Version? version) ? version : new Version())
            .Select(path => Path.Combine(path, "ref", $"net{Environment.Version.Major}.0"))
            .FirstOrDefault(Directory.Exists);

        // Without the targeting pack the running framework's own assemblies serve as well.
        IEnumerable<string> files = folder is not null
            ? Directory.EnumerateFiles(folder, "*.dll")
            : ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => path.StartsWith(runtime, StringComparison.Ordinal));
        return [.. files.Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))];
    }
}
