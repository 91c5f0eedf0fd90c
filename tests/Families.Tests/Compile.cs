using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Families.Tests;

/// <summary>Compilations against the framework of the running SDK, loaded once.</summary>
internal static class Compile
{
    // Binding the references is what a compilation costs, so all share one.
    private static readonly Lazy<CSharpCompilation> s_base = new(() => CSharpCompilation.Create(
        "Test",
        references: Pack("Microsoft.NETCore.App.Ref").AddRange(Pack("Microsoft.AspNetCore.App.Ref")),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false)));

    public static CSharpCompilation Source(string source, params MetadataReference[] more)
    {
        var compilation = s_base.Value.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview), path: "Test.cs"));
        return more.Length == 0 ? compilation : compilation.AddReferences(more);
    }

    /// <summary>All sources below <paramref name="folder"/>.</summary>
    public static CSharpCompilation Sources(string folder) => s_base.Value.AddSyntaxTrees(
        Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.Preview), file)));

    public static MetadataReference Library(string source, string name = "Library")
    {
        var compilation = Source(source).WithAssemblyName(name);
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    public static KnownMembers Members(Compilation compilation, params (string Path, string Text)[] files) =>
        KnownMembers.Create(compilation, Options(files), CancellationToken.None);

    public static AnalyzerOptions Options(params (string Path, string Text)[] files) =>
        new([.. files.Select(file => (AdditionalText)new TextInMemory(file.Path, file.Text))]);

    /// <summary>The method <paramref name="name"/> of <paramref name="type"/>, by the types of its parameters when they are given.</summary>
    public static IMethodSymbol Method(Compilation compilation, string type, string name, params string[] parameters) =>
        compilation.GetTypeByMetadataName(type)!.GetMembers(name).OfType<IMethodSymbol>()
            .First(method => parameters.Length == 0 || method.Parameters.Select(p => p.Type.ToDisplayString()).SequenceEqual(parameters));

    private static ImmutableArray<MetadataReference> Pack(string name)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        var version = Environment.Version.Major + "." + Environment.Version.Minor;
        var pack = Directory.GetDirectories(Path.Combine(root, "packs", name), version + ".*").Order(StringComparer.Ordinal).Last();
        return [.. Directory.GetFiles(Path.Combine(pack, "ref", "net" + version), "*.dll").Select(file => MetadataReference.CreateFromFile(file))];
    }

    private sealed class TextInMemory(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text);

        public override string Path { get; } = path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
