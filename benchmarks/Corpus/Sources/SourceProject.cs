namespace LifetimeAnalyzers.Corpus.Sources;

/// <summary>What is compiled together: the files of a project folder, or of a whole repository.</summary>
/// <param name="Name">Path relative to the folder that was named on the command line.</param>
/// <param name="Files">Full paths, in ordinal order.</param>
/// <param name="References">Full paths of the project files this one refers to.</param>
/// <param name="ProjectFile">Full path of the project file; empty for a whole repository.</param>
/// <param name="FriendAssemblies">Assemblies that see the internals, from the project file.</param>
/// <param name="Constants">Preprocessor symbols that the project file defines.</param>
internal sealed record SourceProject(
    string Name,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> References,
    string ProjectFile,
    IReadOnlyList<string> FriendAssemblies,
    IReadOnlyList<string> Constants);
