using LifetimeAnalyzers.Corpus.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>Cuts files off and deletes tokens, as somebody who types does, and looks for exceptions, hangs and late cancellation.</summary>
internal static class MutateCommand
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    /// <summary>Returns 1 when a mutant crashed or hung the analyzer; the seed makes the same mutants again.</summary>
    public static int Run(IReadOnlyList<string> folders, bool projects, string? assembly, int count, int seed, TextWriter output)
    {
        var analyzers = AnalyzerSet.Ours(assembly);
        var random = new Random(seed);
        var units = folders.SelectMany(folder => CorpusFolder.Compile(folder, projects)).ToList();
        var documents = units.SelectMany(unit => unit.Compilation.SyntaxTrees.Select(tree => (Unit: unit, Tree: tree)))
            .Where(document => document.Tree.Length is > 200 and < 100_000)
            .ToList();
        var (crashes, hangs) = (0, 0);
        var latency = new List<double>();
        for (var made = 0; made < count; made++)
        {
            var (unit, tree) = documents[random.Next(documents.Count)];
            var mutant = tree.WithChangedText(Mutate(tree, random));
            var compilation = unit.Compilation.ReplaceSyntaxTree(tree, mutant);
            var name = $"mutant {made} of seed {seed}, {Path.GetRelativePath(unit.Root, tree.FilePath)}";
            var driver = DocumentPass.Driver(compilation, analyzers, exception =>
            {
                crashes++;
                output.WriteLine($"CRASH {name}: {exception}");
            });
            var model = compilation.GetSemanticModel(mutant);
            if (made % 10 == 0)
            {
                latency.Add(Cancelled(driver, model, TimeSpan.FromMilliseconds(random.Next(1, 40))));
            }
            else if (DocumentPass.Run(driver, model, Hang, out _) is null)
            {
                hangs++;
                output.WriteLine($"HANG {name}");
            }
        }

        latency.Sort();
        output.WriteLine($"# {count} mutants of seed {seed}: {crashes} crashes, {hangs} hangs; {latency.Count} cancelled, late by {latency.LastOrDefault():0} ms at most, {latency.ElementAtOrDefault(latency.Count * 95 / 100):0} ms at the 95th percentile");
        return crashes + hangs > 0 ? 1 : 0;
    }

    private static SourceText Mutate(SyntaxTree tree, Random random)
    {
        var text = tree.GetText();
        if (random.Next(2) == 0)
        {
            return text.GetSubText(new TextSpan(0, random.Next(text.Length)));
        }

        var tokens = tree.GetRoot().DescendantTokens().ToList();
        var deleted = Enumerable.Range(0, random.Next(1, 6))
            .Select(_ => tokens[random.Next(tokens.Count)].Span)
            .Distinct()
            .OrderBy(span => span.Start)
            .Select(span => new TextChange(span, ""));
        return text.WithChanges(deleted);
    }

    /// <summary>Milliseconds between the cancellation and the end of the work; 0 when the work was done before.</summary>
    private static double Cancelled(CompilationWithAnalyzers driver, SemanticModel model, TimeSpan after)
    {
        DocumentPass.Run(driver, model, null, after, out var time);
        return Math.Max(0, (time - after).TotalMilliseconds);
    }
}
