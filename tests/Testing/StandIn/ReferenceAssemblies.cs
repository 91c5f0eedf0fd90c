using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A package of reference assemblies by id and version.</summary>
public sealed record PackageIdentity(string Id, string Version);

/// <summary>
/// The framework that test code is compiled against. Taken from the <c>packs</c> folder beside the running framework;
/// each set is read once in a process and shared by all tests.
/// </summary>
public sealed class ReferenceAssemblies
{
    private static readonly ConcurrentDictionary<string, ImmutableArray<MetadataReference>> Loaded = new(StringComparer.Ordinal);
    private readonly ImmutableArray<PackageIdentity> _packages;

    private ReferenceAssemblies(ImmutableArray<PackageIdentity> packages) => _packages = packages;

    /// <summary>The same with the reference assemblies of more packages of the packs folder.</summary>
    public ReferenceAssemblies AddPackages(ImmutableArray<PackageIdentity> packages) => new(_packages.AddRange(packages));

    /// <summary>The references. The same instances at every call.</summary>
    public Task<ImmutableArray<MetadataReference>> ResolveAsync(string? language, CancellationToken cancellationToken) =>
        Task.FromResult(_packages.SelectMany(package => Loaded.GetOrAdd(package.Id, Load)).ToImmutableArray());

    private static ImmutableArray<MetadataReference> Load(string id)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var pack = Path.GetFullPath(Path.Combine(framework, "..", "..", "..", "packs", id));
        var newest = Directory.Exists(pack) ? Directory.GetDirectories(pack).OrderBy(path => Version.TryParse(Path.GetFileName(path), out var version) ? version : new Version()).LastOrDefault() : null;
        if (newest is null)
        {
            throw new InvalidOperationException($"The reference assemblies '{id}' are not in '{pack}'; install the .NET SDK that global.json names.");
        }

        var folder = Directory.GetDirectories(Path.Combine(newest, "ref"), "net*").Single();
        return [.. Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal).Select(path => MetadataReference.CreateFromFile(path))];
    }

    /// <summary>The sets for modern .NET.</summary>
    public static class Net
    {
        /// <summary>.NET 10.</summary>
        public static ReferenceAssemblies Net100 { get; } = new([new PackageIdentity("Microsoft.NETCore.App.Ref", "10.0.0")]);
    }
}
