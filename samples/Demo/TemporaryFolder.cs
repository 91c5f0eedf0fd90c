namespace LifetimeAnalyzers.Demo;

/// <summary>
/// Where the demo's child processes put what they want to forget. Not in the output folder: sockets lie there too, and the
/// path of a socket must be short.
/// </summary>
internal static class TemporaryFolder
{
    private static readonly Lazy<DirectoryInfo> s_folder = new(() => Directory.CreateTempSubdirectory("demo-"));

    public static string Path => s_folder.Value.FullName;

    /// <summary>Deletes the folder, if there is one. No child process may be left.</summary>
    public static void Delete()
    {
        if (s_folder.IsValueCreated)
        {
            try
            {
                s_folder.Value.Delete(recursive: true);
            }
            catch (IOException)
            {
                // A file that is still open on a system that minds; the system's own cleaning takes it.
            }
        }
    }
}
