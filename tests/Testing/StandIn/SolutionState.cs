using System.Reflection;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Files by name. Source files added without a name get <c>/0/Test0.cs</c>, <c>/0/Test1.cs</c> ...</summary>
public class SourceFileList(string prefix) : List<(string filename, string content)>
{
    /// <summary>Adds a file with the next free name.</summary>
    public void Add(string content) => Add(($"{prefix}{Count}.cs", content));
}

/// <summary>References of the code under test beyond the framework.</summary>
public class MetadataReferenceCollection : List<MetadataReference>
{
    /// <summary>Adds the assembly that is loaded as <paramref name="assembly"/>.</summary>
    public void Add(Assembly assembly) => Add(MetadataReference.CreateFromFile(assembly.Location));

    /// <summary>Adds the assembly in the file <paramref name="path"/>.</summary>
    public void Add(string path) => Add(MetadataReference.CreateFromFile(path));
}

/// <summary>One project of the code under test.</summary>
public class ProjectState
{
    internal ProjectState(string name, string prefix)
    {
        Name = name;
        Sources = new SourceFileList(prefix);
    }

    /// <summary>The name, also of the assembly.</summary>
    public string Name { get; }

    /// <summary>The source files, with markup.</summary>
    public SourceFileList Sources { get; }

    /// <summary>Files for analyzers that are not source: <c>*.lifetime.txt</c>.</summary>
    public List<(string filename, string content)> AdditionalFiles { get; } = [];

    /// <summary><c>.editorconfig</c> and global config files.</summary>
    public List<(string filename, string content)> AnalyzerConfigFiles { get; } = [];

    /// <summary>References beyond the framework.</summary>
    public MetadataReferenceCollection AdditionalReferences { get; } = [];

    /// <summary>The names of the projects that this one references.</summary>
    public List<string> AdditionalProjectReferences { get; } = [];

    /// <summary>Library or program; null means the test's default.</summary>
    public OutputKind? OutputKind { get; set; }
}

/// <summary>Projects by name, made when they are first asked for.</summary>
public class ProjectCollection : Dictionary<string, ProjectState>
{
    /// <summary>The project called <paramref name="projectName"/>.</summary>
    public new ProjectState this[string projectName]
    {
        get
        {
            if (!TryGetValue(projectName, out var project))
            {
                Add(projectName, project = new ProjectState(projectName, $"/{projectName}/Test"));
            }

            return project;
        }
    }
}

/// <summary>The code under test, with what is expected of it.</summary>
public class SolutionState() : ProjectState("TestProject", "/0/Test")
{
    internal const string DefaultPath = "/0/Test0.cs";

    /// <summary>The diagnostics that markup cannot describe.</summary>
    public List<DiagnosticResult> ExpectedDiagnostics { get; } = [];

    /// <summary>Projects beside the main one.</summary>
    public ProjectCollection AdditionalProjects { get; } = [];

    /// <summary>What the code is compiled against; null means the test's own.</summary>
    public ReferenceAssemblies? ReferenceAssemblies { get; set; }

    internal IEnumerable<ProjectState> Projects => [this, .. AdditionalProjects.Values];
}
