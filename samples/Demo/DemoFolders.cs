namespace LifetimeAnalyzers.Demo;

/// <summary>Where the repository lies, and where the demo writes. Nothing is written anywhere else.</summary>
internal sealed class DemoFolders
{
    private const string Marker = ".lifetime-demo";

    private DemoFolders(string repository, string output)
    {
        Repository = repository;
        Output = output;
    }

    public string Repository { get; }

    public string Output { get; }

    public string SampleSource => Path.Combine(Repository, "samples", "Server");

    public string Feed => Path.Combine(Output, "packages");

    public string PackageCache => Path.Combine(Output, "package-cache");

    public string BuildFiles => Path.Combine(Output, "build");

    public string Chart => Path.Combine(Output, "memory.svg");

    public string Diff => Path.Combine(Output, "repair.diff");

    public static DemoFolders Find(DirectoryInfo? output)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LifetimeAnalyzers.sln")))
        {
            folder = folder.Parent;
        }

        string repository = folder?.FullName ?? throw new DemoException("The demo packs the repository it lies in, and LifetimeAnalyzers.sln is in no folder above it.");
        return new DemoFolders(repository, output?.FullName ?? Path.Combine(repository, "artifacts", "demo"));
    }

    public string Copy(string name) => Path.Combine(Output, name);

    /// <summary>Empties the output folder, but only one that a demo made.</summary>
    /// <exception cref="DemoException">There is something else, or the folder cannot be made.</exception>
    public void Prepare()
    {
        try
        {
            Empty();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DemoException($"The output folder {Output} cannot be written: {failure.Message}");
        }
    }

    private void Empty()
    {
        if (Directory.Exists(Output) && Directory.EnumerateFileSystemEntries(Output).Any())
        {
            if (!File.Exists(Path.Combine(Output, Marker)))
            {
                throw new DemoException($"{Output} holds files that no demo wrote; name an empty folder with --output.");
            }

            Directory.Delete(Output, recursive: true);
        }

        Directory.CreateDirectory(Output);
        File.WriteAllText(Path.Combine(Output, Marker), "Written by the demo; the next run replaces this folder.\n");
        Directory.CreateDirectory(Feed);
    }
}
