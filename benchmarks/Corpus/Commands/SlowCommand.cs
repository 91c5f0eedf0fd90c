using System.Diagnostics;
using LifetimeAnalyzers.Corpus.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>Finds the documents, and in them the members, on which an analyzer spends its time.</summary>
internal static class SlowCommand
{
    /// <summary>Prints every document above <paramref name="threshold"/>, and its members above a third of that. A document or member that takes more than 20 s is given up.</summary>
    public static int Run(IReadOnlyList<string> folders, bool projects, string set, string? assembly, TimeSpan threshold, TextWriter output)
    {
        var analyzers = AnalyzerSet.Named(set, assembly);
        foreach (var unit in folders.SelectMany(folder => CorpusFolder.Compile(folder, projects)))
        {
            var driver = unit.Compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
            foreach (var tree in unit.Compilation.SyntaxTrees)
            {
                var model = unit.Compilation.GetSemanticModel(tree);
                // The compiler's own binding goes first, so that what is measured is what the analyzer adds.
                model.GetDiagnostics();
                if (Time(driver, model, null) is var document && document < threshold)
                {
                    continue;
                }

                output.WriteLine($"{Path.GetRelativePath(unit.Root, tree.FilePath)}: {document.TotalMilliseconds:0} ms");
                foreach (var member in tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>().Where(member => member is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax))
                {
                    var fresh = unit.Compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
                    if (Time(fresh, model, member) is var time && time > threshold / 3)
                    {
                        output.WriteLine($"    line {member.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {time.TotalMilliseconds:0} ms, {member.GetText().Lines.Count} lines");
                    }
                }

                output.Flush();
            }
        }

        return 0;
    }

    private static TimeSpan Time(CompilationWithAnalyzers driver, SemanticModel model, SyntaxNode? member)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var watch = Stopwatch.StartNew();
        try
        {
            driver.GetAnalyzerSemanticDiagnosticsAsync(model, member?.FullSpan, limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // The time says it.
        }

        return watch.Elapsed;
    }
}
