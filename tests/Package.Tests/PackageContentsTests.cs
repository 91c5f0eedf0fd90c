using System.Diagnostics;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

namespace LifetimeAnalyzers.Package.Tests;

/// <summary>Exactly what is in the packages.</summary>
[Collection(PackedPackages.Collection)]
public sealed class PackageContentsTests(PackedPackages packages)
{
    public static TheoryData<string, string[], string[]> Contents => new()
    {
        {
            "LifetimeAnalyzers",
            [
                "LifetimeAnalyzers.nuspec", "README.md", "icon.png",
                "analyzers/dotnet/cs/LifetimeAnalyzers.dll", "analyzers/dotnet/cs/LifetimeAnalyzers.pdb",
                "analyzers/dotnet/cs/LifetimeAnalyzers.CodeFixes.dll", "analyzers/dotnet/cs/LifetimeAnalyzers.CodeFixes.pdb",
                "build/LifetimeAnalyzers.props", "build/LifetimeAnalyzers.targets",
                "buildTransitive/LifetimeAnalyzers.props", "buildTransitive/LifetimeAnalyzers.targets",
                "compiled/linux-x64/LifetimeAnalyzers.dll", "compiled/linux-x64/LifetimeAnalyzers.CodeFixes.dll",
            ],
            ["LifetimeAnalyzers.nuspec", "analyzers/dotnet/cs/LifetimeAnalyzers.pdb", "analyzers/dotnet/cs/LifetimeAnalyzers.CodeFixes.pdb"]
        },
        { "LifetimeAnalyzers.Runtime", Library("LifetimeAnalyzers.Runtime"), Symbols("LifetimeAnalyzers.Runtime") },
        { "LifetimeAnalyzers.Data", Library("LifetimeAnalyzers.Data"), Symbols("LifetimeAnalyzers.Data") },
        { "LifetimeAnalyzers.AspNetCore", Library("LifetimeAnalyzers.AspNetCore"), Symbols("LifetimeAnalyzers.AspNetCore") },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Package_holds_these_files_and_no_other(string id, string[] files, string[] symbols)
    {
        Assert.Equal(files.Order(StringComparer.Ordinal), Files(packages.Path(id)));
        Assert.Equal(symbols.Order(StringComparer.Ordinal), Files(packages.Path(id, "snupkg")));
    }

    [Theory]
    [InlineData("LifetimeAnalyzers", true, ".NETStandard2.0:")]
    [InlineData("LifetimeAnalyzers.Runtime", false, "net10.0:LifetimeAnalyzers include=All", "net8.0:LifetimeAnalyzers include=All")]
    [InlineData("LifetimeAnalyzers.AspNetCore", false, "net10.0:LifetimeAnalyzers.Runtime include=All", "net8.0:LifetimeAnalyzers.Runtime include=All")]
    [InlineData("LifetimeAnalyzers.Data", false, "net10.0:LifetimeAnalyzers.Runtime include=All", "net8.0:LifetimeAnalyzers.Runtime include=All")]
    public void Manifest_says_what_the_package_is_and_needs(string id, bool development, params string[] dependencies)
    {
        XElement metadata = Manifest(id);

        Assert.Equal(development ? "true" : null, Value(metadata, "developmentDependency"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("icon.png", Value(metadata, "icon"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.NotEmpty(Value(metadata, "description")!);
        Assert.Equal(40, Child(metadata, "repository")!.Attribute("commit")!.Value.Length);
        Assert.Equal(dependencies, Child(metadata, "dependencies")!.Elements().Select(group =>
            group.Attribute("targetFramework")!.Value + ":" + string.Join(',', group.Elements().Select(Dependency))));

        string Dependency(XElement dependency)
        {
            Assert.Equal(packages.Version, dependency.Attribute("version")!.Value);
            Assert.Null(dependency.Attribute("exclude"));
            return $"{dependency.Attribute("id")!.Value} include={dependency.Attribute("include")?.Value}";
        }
    }

    [Theory]
    [InlineData("LifetimeAnalyzers", "analyzers/dotnet/cs/LifetimeAnalyzers")]
    [InlineData("LifetimeAnalyzers", "analyzers/dotnet/cs/LifetimeAnalyzers.CodeFixes")]
    [InlineData("LifetimeAnalyzers.Runtime", "lib/net8.0/LifetimeAnalyzers.Runtime")]
    [InlineData("LifetimeAnalyzers.Runtime", "lib/net10.0/LifetimeAnalyzers.Runtime")]
    [InlineData("LifetimeAnalyzers.AspNetCore", "lib/net8.0/LifetimeAnalyzers.AspNetCore")]
    public void Assembly_is_deterministic_and_its_symbols_link_to_the_source(string id, string assembly)
    {
        using PEReader image = new(new MemoryStream(Read(packages.Path(id), assembly + ".dll")));
        Assert.Contains(image.ReadDebugDirectory(), entry => entry.Type is DebugDirectoryEntryType.Reproducible);

        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Read(packages.Path(id, "snupkg"), assembly + ".pdb")));
        MetadataReader symbols = provider.GetMetadataReader();
        Guid sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
        string[] links = [.. symbols.CustomDebugInformation.Select(symbols.GetCustomDebugInformation)
            .Where(info => symbols.GetGuid(info.Kind) == sourceLink)
            .Select(info => Encoding.UTF8.GetString(symbols.GetBlobBytes(info.Value)))];
        Assert.Contains("https://raw.githubusercontent.com/lifetime-analyzers/lifetime-analyzers/", Assert.Single(links), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LifetimeAnalyzers", "analyzers/dotnet/cs/LifetimeAnalyzers")]
    [InlineData("LifetimeAnalyzers", "analyzers/dotnet/cs/LifetimeAnalyzers.CodeFixes")]
    [InlineData("LifetimeAnalyzers", "compiled/linux-x64/LifetimeAnalyzers")]
    [InlineData("LifetimeAnalyzers", "compiled/linux-x64/LifetimeAnalyzers.CodeFixes")]
    [InlineData("LifetimeAnalyzers.Runtime", "lib/net8.0/LifetimeAnalyzers.Runtime")]
    [InlineData("LifetimeAnalyzers.Runtime", "lib/net10.0/LifetimeAnalyzers.Runtime")]
    [InlineData("LifetimeAnalyzers.AspNetCore", "lib/net10.0/LifetimeAnalyzers.AspNetCore")]
    [InlineData("LifetimeAnalyzers.Data", "lib/net10.0/LifetimeAnalyzers.Data")]
    public void Assembly_is_built_for_release(string id, string assembly)
    {
        using PEReader image = new(new MemoryStream(Read(packages.Path(id), assembly + ".dll")));
        MetadataReader metadata = image.GetMetadataReader();
        CustomAttribute debuggable = metadata.GetAssemblyDefinition().GetCustomAttributes().Select(metadata.GetCustomAttribute).Single(attribute =>
            metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent).Name) is nameof(DebuggableAttribute));
        BlobReader value = metadata.GetBlobReader(debuggable.Value);
        Assert.Equal(1, value.ReadUInt16());
        Assert.Equal(DebuggableAttribute.DebuggingModes.None, (DebuggableAttribute.DebuggingModes)value.ReadInt32() & DebuggableAttribute.DebuggingModes.DisableOptimizations);
    }

    [Fact]
    public void Compiled_assemblies_are_the_same_with_native_code()
    {
        foreach (string name in new[] { "LifetimeAnalyzers", "LifetimeAnalyzers.CodeFixes" })
        {
            using PEReader plain = new(new MemoryStream(Read(packages.Path("LifetimeAnalyzers"), $"analyzers/dotnet/cs/{name}.dll")));
            using PEReader compiled = new(new MemoryStream(Read(packages.Path("LifetimeAnalyzers"), $"compiled/linux-x64/{name}.dll")));
            Assert.Equal(Version(plain), Version(compiled));
            Assert.Equal(0, plain.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
            Assert.NotEqual(0, compiled.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        }

        static Guid Version(PEReader image)
        {
            MetadataReader metadata = image.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
        }
    }

    [Fact]
    public void Analyzers_need_nothing_that_an_old_compiler_lacks()
    {
        foreach (string name in new[] { "LifetimeAnalyzers", "LifetimeAnalyzers.CodeFixes" })
        {
            using PEReader image = new(new MemoryStream(Read(packages.Path("LifetimeAnalyzers"), $"analyzers/dotnet/cs/{name}.dll")));
            MetadataReader metadata = image.GetMetadataReader();
            foreach (AssemblyReference reference in metadata.AssemblyReferences.Select(metadata.GetAssemblyReference))
            {
                string referenced = metadata.GetString(reference.Name);
                Version floor = referenced switch
                {
                    "netstandard" => new Version(2, 0, 0, 0),
                    "LifetimeAnalyzers" => reference.Version,
                    _ when referenced.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) => new Version(4, 5, 0, 0),
                    "System.Collections.Immutable" => new Version(6, 0, 0, 0),
                    _ => throw new InvalidOperationException($"{name} refers to {referenced}, which the compiler does not promise to have."),
                };
                Assert.True(reference.Version <= floor, $"{name} refers to {referenced} {reference.Version}; the oldest compiler has {floor}.");
            }
        }
    }

    private static string[] Library(string name) =>
        [$"{name}.nuspec", "README.md", "icon.png", .. new[] { "net8.0", "net10.0" }.SelectMany(framework => new[] { $"lib/{framework}/{name}.dll", $"lib/{framework}/{name}.xml" })];

    private static string[] Symbols(string name) => [$"{name}.nuspec", $"lib/net8.0/{name}.pdb", $"lib/net10.0/{name}.pdb"];

    private static IEnumerable<string> Files(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);

        // What every package has by the packaging convention itself.
        return [.. archive.Entries.Select(entry => entry.FullName)
            .Where(name => name is not "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    private static byte[] Read(string package, string file)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream stream = archive.GetEntry(file)!.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private XElement Manifest(string id) => Child(XDocument.Load(new MemoryStream(Read(packages.Path(id), id + ".nuspec"))).Root!, "metadata")!;

    private static XElement? Child(XElement parent, string name) => parent.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    private static string? Value(XElement parent, string name) => Child(parent, name)?.Value;
}
