using LifetimeAnalyzers.Corpus.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>Finds the documents, and in them the members, on which an analyzer spends its time.</summary>
internal static class SlowCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Prints every document above <paramref name="threshold"/>, and its members above a third of that. What takes more than 20 s is given up.</summary>
    public static int Run(IReadOnlyList<string> folders, bool projects, string set, string? assembly, TimeSpan threshold, TextWriter output)
    {
        var analyzers = AnalyzerSet.Named(set, assembly);
        foreach (var unit in folders.SelectMany(folder => CorpusFolder.Compile(folder, projects)))
        {
            var driver = DocumentPass.Driver(unit.Compilation, analyzers);
            foreach (var tree in unit.Compilation.SyntaxTrees)
            {
                var model = unit.Compilation.GetSemanticModel(tree);
                // The compiler's own binding goes first, so that what is measured is what the analyzer adds.
                model.GetDiagnostics();
                DocumentPass.Run(driver, model, null, Limit, out var document);
                if (document < threshold)
                {
                    continue;
                }

                output.WriteLine($"{Path.GetRelativePath(unit.Root, tree.FilePath)}: {document.TotalMilliseconds:0} ms");
                foreach (var member in tree.GetRoot().DescendantNodes().Where(node => node is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax))
                {
                    DocumentPass.Run(DocumentPass.Driver(unit.Compilation, analyzers), model, member, Limit, out var time);
                    if (time > threshold / 3)
                    {
                        output.WriteLine($"    line {member.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {time.TotalMilliseconds:0} ms, {member.GetText().Lines.Count} lines");
                    }
                }

                output.Flush();
            }
        }

        return 0;
    }
}
