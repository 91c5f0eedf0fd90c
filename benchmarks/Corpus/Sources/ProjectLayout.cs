using System.Xml.Linq;

namespace LifetimeAnalyzers.Corpus.Sources;

/// <summary>
/// Finds what is compiled together, without an evaluation of project files: those of strangers ask for build engines,
/// packages and network that measuring does not have.
/// </summary>
internal static class ProjectLayout
{
    private static readonly string[] Skipped = ["bin", "obj", ".git", "node_modules"];

    /// <summary>All files under the folder as one project.</summary>
    public static SourceProject WholeFolder(string folder) =>
        new(Path.GetFileName(folder.TrimEnd('/')), SourceFiles(folder, []), [], "", [], []);

    /// <summary>A project for each project file under the folder, those that others refer to first.</summary>
    public static IReadOnlyList<SourceProject> Projects(string folder)
    {
        var projectFiles = Find(folder, "*.csproj").ToList();
        var projectFolders = projectFiles.Select(file => Path.GetDirectoryName(file)!).ToHashSet(StringComparer.Ordinal);
        var projects = projectFiles
            .GroupBy(file => Path.GetDirectoryName(file)!, StringComparer.Ordinal)
            .Select(sameFolder => Project(folder, sameFolder.Order(StringComparer.Ordinal).First(), projectFolders))
            .Where(project => project.Files.Count > 0)
            .ToList();
        return InOrderOfReference(projects);
    }

    private static SourceProject Project(string root, string projectFile, HashSet<string> projectFolders)
    {
        var folder = Path.GetDirectoryName(projectFile)!;
        var project = Parse(projectFile);
        var inherited = InheritedFiles(root, folder).Select(Parse).Append(project).ToList();
        return new SourceProject(
            Path.GetRelativePath(root, projectFile),
            [.. SourceFiles(folder, projectFolders), .. LinkedFiles(project, folder)],
            Includes(project, "ProjectReference").Select(include => Path.GetFullPath(Path.Combine(folder, include))).ToList(),
            projectFile,
            inherited.SelectMany(file => Includes(file, "InternalsVisibleTo")).Distinct(StringComparer.Ordinal).ToList(),
            inherited.SelectMany(file => file.Descendants().Where(element => element.Name.LocalName == "DefineConstants"))
                .SelectMany(element => element.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Where(symbol => symbol.All(letter => char.IsLetterOrDigit(letter) || letter == '_'))
                .ToList());
    }

    private static IEnumerable<string> InheritedFiles(string root, string folder)
    {
        for (var at = folder; at.Length >= root.TrimEnd('/').Length; at = Path.GetDirectoryName(at)!)
        {
            var file = Path.Combine(at, "Directory.Build.props");
            if (File.Exists(file))
            {
                yield return file;
            }
        }
    }

    private static XDocument Parse(string projectFile)
    {
        try
        {
            return XDocument.Load(projectFile);
        }
        catch (System.Xml.XmlException)
        {
            // Templates keep placeholders where XML wants names; their sources still compile together.
            return new XDocument(new XElement("Project"));
        }
    }

    private static IEnumerable<string> Includes(XDocument project, string item) =>
        project.Descendants()
            .Where(element => element.Name.LocalName == item)
            .SelectMany(element => (element.Attribute("Include")?.Value ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(include => include.Replace('\\', '/').Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal).Replace("$(MSBuildProjectDirectory)/", "", StringComparison.Ordinal))
            .Where(include => !include.Contains('$'));

    private static IEnumerable<string> LinkedFiles(XDocument project, string folder)
    {
        foreach (var include in Includes(project, "Compile").Where(include => include.StartsWith("../", StringComparison.Ordinal)))
        {
            var pattern = Path.GetFileName(include);
            var wide = include.Contains("**", StringComparison.Ordinal);
            var from = Path.GetFullPath(Path.Combine(folder, wide ? include[..include.IndexOf("**", StringComparison.Ordinal)] : Path.GetDirectoryName(include)!));
            if (!from.Contains('*') && Directory.Exists(from))
            {
                foreach (var file in wide ? Find(from, pattern) : Directory.EnumerateFiles(from, pattern))
                {
                    yield return file;
                }
            }
        }
    }

    private static List<string> SourceFiles(string folder, HashSet<string> otherProjects)
    {
        var files = new List<string>();
        var folders = new Stack<string>([Path.GetFullPath(folder)]);
        while (folders.TryPop(out var at))
        {
            files.AddRange(Directory.EnumerateFiles(at, "*.cs"));
            foreach (var inner in Directory.EnumerateDirectories(at))
            {
                if (!Skipped.Contains(Path.GetFileName(inner), StringComparer.OrdinalIgnoreCase) && !otherProjects.Contains(inner))
                {
                    folders.Push(inner);
                }
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static IEnumerable<string> Find(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.GetFullPath(folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Split('/').Intersect(Skipped, StringComparer.OrdinalIgnoreCase).Any())
            .Order(StringComparer.Ordinal);

    private static List<SourceProject> InOrderOfReference(List<SourceProject> projects)
    {
        var byFile = projects.ToDictionary(project => project.ProjectFile, StringComparer.Ordinal);
        var ordered = new List<SourceProject>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<(SourceProject Project, bool ReferencesDone)>();
        foreach (var project in projects)
        {
            waiting.Push((project, false));
            while (waiting.TryPop(out var next))
            {
                if (next.ReferencesDone)
                {
                    ordered.Add(next.Project);
                }
                else if (done.Add(next.Project.ProjectFile))
                {
                    waiting.Push((next.Project, true));
                    foreach (var reference in next.Project.References.Where(byFile.ContainsKey))
                    {
                        waiting.Push((byFile[reference], false));
                    }
                }
            }
        }

        return ordered;
    }
}
