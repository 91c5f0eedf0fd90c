using System.Globalization;

namespace LifetimeAnalyzers.Package.Tests;

/// <summary>
/// The packages, packed once for all tests into a folder of their own. The environment variable
/// <c>LIFETIME_PACKAGE_FEED</c> names a folder with freshly packed ones to use instead.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    public const string Collection = "packed packages";

    private int _projects;

    /// <summary>The folder with the packages.</summary>
    public string Feed { get; private set; } = "";

    /// <summary>Their version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>A scratch folder, deleted at the end.</summary>
    public string Scratch { get; } = Directory.CreateTempSubdirectory("lifetime-package-tests-").FullName;

    /// <summary>The repository that is packed.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The packed package of an id; <paramref name="extension"/> is nupkg or snupkg.</summary>
    public string Path(string id, string extension = "nupkg") => System.IO.Path.Combine(Feed, $"{id}.{Version}.{extension}");

    /// <summary>A new project folder.</summary>
    public string NewFolder() => Directory.CreateDirectory(System.IO.Path.Combine(Scratch, "p" + Interlocked.Increment(ref _projects))).FullName;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("LIFETIME_PACKAGE_FEED") is { Length: > 0 } given)
        {
            const string Id = "LifetimeAnalyzers.";
            Feed = given;
            Version = Directory.EnumerateFiles(Feed, Id + "*.nupkg").Select(path => System.IO.Path.GetFileNameWithoutExtension(path)[Id.Length..]).Where(rest => char.IsDigit(rest[0])).Max(StringComparer.Ordinal)
                ?? throw new InvalidOperationException($"LIFETIME_PACKAGE_FEED is {given}, but holds no LifetimeAnalyzers package.");
            return;
        }

        Feed = System.IO.Path.Combine(Scratch, "feed");
        Version = "0.1.0-test." + DateTime.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        CommandResult packed = await Dotnet.RunAsync(
            Repository, "pack", "package/Packages.slnx", "-c", "Release", "--artifacts-path", System.IO.Path.Combine(Scratch, "build"), $"-p:PackageOutputPath={Feed}", $"-p:Version={Version}", "-v", "quiet");
        packed.Returned(0);
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Directory.Delete(Scratch, recursive: true);
        return Task.CompletedTask;
    }

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "LifetimeAnalyzers.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests pack the repository they lie in.");
    }
}

/// <summary>Shares the packages among the test classes.</summary>
[CollectionDefinition(PackedPackages.Collection)]
public sealed class PackedPackagesCollection : ICollectionFixture<PackedPackages>;
