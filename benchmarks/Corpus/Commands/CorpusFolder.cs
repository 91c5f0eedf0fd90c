using LifetimeAnalyzers.Corpus.Sources;
using Microsoft.CodeAnalysis.CSharp;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>A compilation of a folder, with the size of what is in it.</summary>
internal sealed record CorpusUnit(string Root, string Name, CSharpCompilation Compilation, int Lines);

/// <summary>The compilations of a folder, made one after the other.</summary>
internal static class CorpusFolder
{
    /// <summary>One compilation for the folder, or one for each project file in it.</summary>
    public static IEnumerable<CorpusUnit> Compile(string folder, bool projects)
    {
        var root = Path.GetFullPath(folder);
        var compiler = new CorpusCompiler();
        foreach (var project in projects ? ProjectLayout.Projects(root) : [ProjectLayout.WholeFolder(root)])
        {
            var compilation = compiler.Compile(project);
            yield return new CorpusUnit(root, project.Name, compilation, compilation.SyntaxTrees.Sum(tree => tree.GetText().Lines.Count));
        }
    }
}
