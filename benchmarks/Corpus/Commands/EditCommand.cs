using System.Diagnostics;
using LifetimeAnalyzers.Corpus.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>The editor's way: a keystroke in a body, then the diagnostics of that member. What the analyzer adds to what the compiler needs anyway.</summary>
internal static class EditCommand
{
    /// <summary>Prints the median, the 95th percentile and the worst of <paramref name="count"/> edits, in milliseconds.</summary>
    public static int Run(IReadOnlyList<string> folders, bool projects, string? assembly, int count, int seed, TextWriter output)
    {
        var analyzers = AnalyzerSet.Ours(assembly);
        foreach (var unit in folders.SelectMany(folder => CorpusFolder.Compile(folder, projects)))
        {
            var random = new Random(seed);
            var bodies = unit.Compilation.SyntaxTrees.Where(tree => tree.GetText().Lines.Count <= 5_000)
                .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<BlockSyntax>())
                .Where(block => block.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax)
                .ToList();
            var (compiler, added) = (new List<double>(), new List<(double Time, string Place)>());
            for (var edit = 0; edit < count && bodies.Count > 0; edit++)
            {
                var body = bodies[random.Next(bodies.Count)];
                var changed = body.SyntaxTree.WithChangedText(body.SyntaxTree.GetText().WithChanges(new TextChange(new TextSpan(body.OpenBraceToken.Span.End, 0), ";")));
                var compilation = unit.Compilation.ReplaceSyntaxTree(body.SyntaxTree, changed);
                var model = compilation.GetSemanticModel(changed);
                var watch = Stopwatch.StartNew();
                model.GetDiagnostics();
                compiler.Add(watch.Elapsed.TotalMilliseconds);
                var member = changed.GetRoot().FindToken(body.SpanStart).Parent!.FirstAncestorOrSelf<MemberDeclarationSyntax>();
                DocumentPass.Run(DocumentPass.Driver(compilation, analyzers), model, member, TimeSpan.FromMinutes(1), out var time);
                added.Add((time.TotalMilliseconds, $"{Path.GetRelativePath(unit.Root, changed.FilePath)}({changed.GetLineSpan(body.Span).StartLinePosition.Line + 1})"));
            }

            if (added.Count > 0)
            {
                added.Sort();
                compiler.Sort();
                var worst = added[^1];
                output.WriteLine($"{unit.Name}: analyzer {added[added.Count / 2].Time:0.0} / {added[added.Count * 95 / 100].Time:0.0} / {worst.Time:0.0} ms (median, 95th, worst at {worst.Place}); compiler {compiler[compiler.Count / 2]:0.0} / {compiler[compiler.Count * 95 / 100]:0.0} ms");
            }
        }

        return 0;
    }
}
