using System.Collections.Immutable;
using LifetimeAnalyzers.Corpus.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>
/// The editor's way: keystrokes in a body, then the diagnostics of that member. What the analyzer adds to what the compiler needs
/// anyway, and to what any analyzer of bodies costs.
/// </summary>
internal static class EditCommand
{
    /// <summary>
    /// Prints the median, the 95th percentile and the worst of <paramref name="count"/> first keystrokes in a member, and of the
    /// keystrokes after them in the same one, in milliseconds of processor time.
    /// </summary>
    public static int Run(IReadOnlyList<string> folders, bool projects, string? assembly, int count, int seed, TextWriter output)
    {
        var analyzers = AnalyzerSet.Ours(assembly);
        var nothing = ImmutableArray.Create<DiagnosticAnalyzer>(new EmptyOperationBlocks());
        foreach (var unit in folders.SelectMany(folder => CorpusFolder.Compile(folder, projects)))
        {
            var random = new Random(seed);
            var bodies = unit.Compilation.SyntaxTrees.Where(tree => tree.GetText().Lines.Count <= 5_000)
                .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<BlockSyntax>())
                .Where(block => block.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax)
                .ToList();
            if (bodies.Count == 0)
            {
                continue;
            }

            var (compiler, empty, first, next) = (new List<Cost>(), new List<Cost>(), new List<Cost>(), new List<Cost>());
            for (var edit = 0; edit < count; edit++)
            {
                var body = bodies[random.Next(bodies.Count)];
                var (compilation, tree) = (unit.Compilation, body.SyntaxTree);
                foreach (var costs in new[] { first, next })
                {
                    var changed = tree.WithChangedText(tree.GetText().WithChanges(new TextChange(new TextSpan(body.OpenBraceToken.Span.End, 0), ";")));
                    (compilation, tree) = (compilation.ReplaceSyntaxTree(tree, changed), changed);
                    var place = $"{Path.GetRelativePath(unit.Root, tree.FilePath)}({tree.GetLineSpan(body.Span).StartLinePosition.Line + 1})";
                    var needed = Time(() => compilation.GetSemanticModel(tree).GetDiagnostics());
                    var driver = Time(() => Diagnose(compilation, tree, body.SpanStart, nothing));
                    var added = Time(() => Diagnose(compilation, tree, body.SpanStart, analyzers)) - driver;
                    compiler.Add(new Cost(needed, place));
                    empty.Add(new Cost(driver, place));
                    costs.Add(new Cost(added, place));
                }
            }

            output.WriteLine($"{unit.Name}, in milliseconds: median, 95th percentile, worst");
            output.WriteLine($"  first keystroke  {Summary(first)}");
            output.WriteLine($"  next keystroke   {Summary(next)}");
            output.WriteLine($"  empty analyzer   {Summary(empty)}");
            output.WriteLine($"  compiler alone   {Summary(compiler)}");
        }

        return 0;
    }

    /// <summary>Milliseconds of processor time, whichever thread it runs on.</summary>
    private static double Time(Action work)
    {
        var start = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
    }

    private static void Diagnose(CSharpCompilation compilation, SyntaxTree tree, int position, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var member = tree.GetRoot().FindToken(position).Parent!.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        DocumentPass.Run(DocumentPass.Driver(compilation, analyzers), compilation.GetSemanticModel(tree), member, TimeSpan.FromMinutes(1), out _);
    }

    private static string Summary(List<Cost> costs)
    {
        costs.Sort(static (one, other) => one.Time.CompareTo(other.Time));
        return $"{costs[costs.Count / 2].Time,8:0.0} {costs[costs.Count * 95 / 100].Time,8:0.0} {costs[^1].Time,8:0.0} at {costs[^1].Place}";
    }

    private readonly record struct Cost(double Time, string Place);
}
