using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>
/// A source before and after all default fixes, rule by rule with fix-all, as the formatter works; every step has to
/// hold the bars.
/// </summary>
internal sealed record FixRun(IReadOnlyList<string> Before, IReadOnlyList<string> After, string Text)
{
    /// <summary>Fixes <paramref name="source"/>; the reports of <paramref name="raised"/> count even if the rule is hidden.</summary>
    public static async Task<FixRun> OfAsync(string source, string? raised = null)
    {
        var document = Bench.EmptyProject(raised: raised).AddDocument("Test.cs", SourceText.From(source, System.Text.Encoding.UTF8), filePath: "/Test.cs");
        var (solution, project, id) = (document.Project.Solution, document.Project.Id, document.Id);
        var reported = await Bench.LifetimeAsync(solution.GetProject(project)!);
        var before = await Bench.CountsAsync(solution.GetProject(project)!);
        Assert.Empty((await solution.GetProject(project)!.GetCompilationAsync())!.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error));
        foreach (var fix in Bench.Fixes)
        {
            if (!before.ContainsKey(fix.FixableDiagnosticIds[0]))
            {
                continue;
            }

            solution = await Bar.FixAllHoldsAsync(solution.GetDocument(id)!, fix);
            var after = await Bench.CountsAsync(solution.GetProject(project)!);
            Assert.Empty(Bar.Faults(fix.FixableDiagnosticIds[0], before, after, isDefault: true));
            before = after;
        }

        var text = (await solution.GetDocument(id)!.GetTextAsync()).ToString();
        var errors = (await solution.GetDocument(id)!.GetSemanticModelAsync())!.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error);
        return new FixRun([.. reported.Select(diagnostic => diagnostic.Id)], [.. (await Bench.LifetimeAsync(solution.GetProject(project)!)).Concat(errors).Select(diagnostic => diagnostic.ToString())], text);
    }
}
