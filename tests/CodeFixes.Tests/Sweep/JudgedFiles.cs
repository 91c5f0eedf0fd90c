using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>The files of the judging suite, each as a document beside what all of them need.</summary>
internal static class JudgedFiles
{
    private static readonly string Suite = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../Suite"));

    private static readonly Lazy<(Project Project, Compilation Compilation)> Supported = new(() =>
    {
        var project = Bench.EmptyProject(withRuntime: false);
        foreach (var file in Directory.GetFiles(Path.Combine(Suite, "Support"), "*.cs"))
        {
            project = project.AddDocument(Path.GetFileName(file), File.ReadAllText(file), ["Support"], filePath: file).Project;
        }

        return (project, project.GetCompilationAsync().Result!);
    });

    /// <summary>The paths of all files that the compiler at hand can read, from the suite's folder.</summary>
    public static IEnumerable<string> All =>
        new[] { "CSharp", "CSharp14", "RealCode", "Strangers", "Juliet" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Suite, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("CSharp14", StringComparison.Ordinal) || Bench.CanRead(File.ReadAllText(path))).Select(path => Path.GetRelativePath(Suite, path)).Order(StringComparer.Ordinal);

    /// <summary>The file is one of those that vary a few mistakes many times.</summary>
    public static bool IsGenerated(string path) => path.StartsWith("Juliet", StringComparison.Ordinal);

    public static async Task<Document> OpenAsync(string file)
    {
        var path = Path.Combine(Suite, file);
        return Supported.Value.Project.AddDocument(Path.GetFileName(path), SourceText.From(await File.ReadAllTextAsync(path), System.Text.Encoding.UTF8), filePath: path);
    }
}
