using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeAnalyzers.CodeFixes.Tests.Bars;

/// <summary>
/// What every fix has to hold, wherever it is tried: the result compiles, the report is gone, no other of our rules, of
/// the compiler's or CA2000 is reported that was not before; a second application changes nothing; fix-all in document,
/// project and solution gives what single fixes give, one after the other.
/// </summary>
internal static class Bar
{
    /// <summary>What says of right code that another kind of memory would do.</summary>
    private const string Advice = "LIFE015";

    /// <summary>The leaks, whose default takes that memory at once. An alternative, and the repair of a wrong release, keep the kind of memory and have to live with the advice.</summary>
    private static readonly string[] Leaks = ["LIFE001", "LIFE002", "LIFE003", "LIFE004", "LIFE005"];

    /// <summary>What is wrong with a step from one state of a project to the next; empty when nothing is.</summary>
    /// <param name="rule">The rule that was repaired; null when the report was marked by hand, and need not have been reported.</param>
    /// <param name="before">The reports before, by rule.</param>
    /// <param name="after">The reports after, by rule.</param>
    /// <param name="isDefault">The fix is the one that the formatter takes.</param>
    public static string Faults(string? rule, Dictionary<string, int> before, Dictionary<string, int> after, bool isDefault)
    {
        var worse = after.Where(pair => pair.Value > before.GetValueOrDefault(pair.Key) && ((isDefault && Leaks.Contains(rule)) || pair.Key != Advice)).Select(pair => "new " + pair.Key);
        var stays = rule is not null && after.GetValueOrDefault(rule) >= before[rule] ? new[] { rule + " stays" } : [];
        return string.Join(", ", worse.Concat(stays));
    }

    /// <summary>Checks fix-all of one rule: in every scope it is what single fixes give, and a second one changes nothing.</summary>
    /// <param name="document">The document to begin with.</param>
    /// <param name="fix">The fix of the rule.</param>
    /// <param name="everyScope">Document and project as well: with a single document all three do the same work.</param>
    /// <returns>The solution after fix-all.</returns>
    public static async Task<Solution> FixAllHoldsAsync(Document document, LifetimeFix fix, bool everyScope = true)
    {
        var all = await Applied.AllAsync(document, fix, FixAllScope.Solution);
        if (!await IsSameAsync(all, await Applied.OneByOneAsync(document.Project.Solution, fix, together: true)))
        {
            await SameAsync(all, await Applied.OneByOneAsync(document.Project.Solution, fix, together: false), fix.DefaultKey + " in the solution against one by one");
        }

        await SameAsync(all, await Applied.AllAsync(all.GetDocument(document.Id)!, fix, FixAllScope.Solution), fix.DefaultKey + " once more");
        foreach (var scope in everyScope ? new[] { FixAllScope.Project, FixAllScope.Document } : [])
        {
            var narrower = await Applied.AllAsync(document, fix, scope);
            foreach (var other in document.Project.Solution.Projects.SelectMany(project => project.Documents))
            {
                var isInside = scope == FixAllScope.Project ? other.Project.Id == document.Project.Id : other.Id == document.Id;
                var expected = isInside ? all : document.Project.Solution;
                Assert.True(await TextAsync(expected, other.Id) == await TextAsync(narrower, other.Id), $"{fix.DefaultKey} in {scope}: {other.Name}\n{await TextAsync(narrower, other.Id)}");
            }
        }

        return all;
    }

    private static async Task SameAsync(Solution expected, Solution actual, string what)
    {
        foreach (var document in expected.Projects.SelectMany(project => project.Documents))
        {
            var (one, other) = (await TextAsync(expected, document.Id), await TextAsync(actual, document.Id));
            Assert.True(one == other, $"{what}: {document.Name}\n--- fix-all\n{one}\n--- the other\n{other}");
        }
    }

    private static async Task<bool> IsSameAsync(Solution one, Solution other)
    {
        foreach (var document in one.Projects.SelectMany(project => project.Documents))
        {
            if (await TextAsync(one, document.Id) != await TextAsync(other, document.Id))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<string> TextAsync(Solution solution, DocumentId id) => (await solution.GetDocument(id)!.GetTextAsync()).ToString();
}
