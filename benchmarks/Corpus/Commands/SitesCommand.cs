using LifetimeAnalyzers.Corpus.Analyzers;
using LifetimeAnalyzers.Corpus.Sites;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>Accounts for the calls of the platform's allocation functions: released, transferred to whom, reported, or given up and why.</summary>
internal static class SitesCommand
{
    /// <summary>Prints tables by family and by reason; with <paramref name="listed"/> also the sites whose reason contains that text.</summary>
    public static int Run(IReadOnlyList<string> folders, bool projects, string? listed, TextWriter output)
    {
        var all = new List<Account>();
        foreach (var folder in folders)
        {
            var accounts = CorpusFolder.Compile(folder, projects).SelectMany(unit => Account(unit, listed, output)).ToList();
            output.WriteLine($"# {folder}: {accounts.Count} sites");
            Print(accounts, output);
            all.AddRange(accounts);
        }

        if (folders.Count > 1)
        {
            output.WriteLine($"# all: {all.Count} sites");
            Print(all, output);
        }

        return 0;
    }

    private static List<Account> Account(CorpusUnit unit, string? listed, TextWriter output)
    {
        var conclusions = new Conclusions();
        var analyzer = new LifetimeAnalyzer(conclusions.Add);
        var reports = AnalyzerPass.Run(unit.Compilation, [analyzer], concurrent: false, CancellationToken.None, fresh: false).Diagnostics
            .Where(report => report.Severity >= DiagnosticSeverity.Info)
            .ToLookup(report => (report.Location.SourceTree?.FilePath, report.Location.GetLineSpan().StartLinePosition.Line), report => report.Id);
        var accounts = new List<Account>();
        foreach (var site in AllocationSites.In(unit.Compilation))
        {
            var line = site.Call.GetLocation().GetLineSpan().StartLinePosition.Line;
            var account = reports[(site.Call.SyntaxTree.FilePath, line)].FirstOrDefault() is { } id
                ? new Account(site.Family, Fate.Reported, id)
                : conclusions.Of(site);
            accounts.Add(account);
            if (listed is not null && account.ToString().Contains(listed, StringComparison.OrdinalIgnoreCase))
            {
                output.WriteLine($"{Path.GetRelativePath(unit.Root, site.Call.SyntaxTree.FilePath)}({line + 1}): {account}");
            }
        }

        return accounts;
    }

    private static void Print(List<Account> accounts, TextWriter output)
    {
        foreach (var family in accounts.GroupBy(account => account.Family).OrderByDescending(group => group.Count()))
        {
            output.WriteLine($"{family.Key} | {family.Count()} sites | {string.Join(" | ", Enum.GetValues<Fate>().Select(fate => $"{family.Count(account => account.Fate == fate)} {Words(fate)}"))}");
        }

        foreach (var reason in accounts.GroupBy(account => (account.Fate, account.Reason)).OrderBy(group => group.Key.Fate).ThenByDescending(group => group.Count()))
        {
            output.WriteLine($"{Words(reason.Key.Fate)}: {reason.Key.Reason} | {reason.Count()} | {Share(reason.Count(), accounts):0.0} %");
        }

        output.WriteLine($"given up: {accounts.Count(account => account.Fate == Fate.GivenUp)} of {accounts.Count} = {Share(accounts.Count(account => account.Fate == Fate.GivenUp), accounts):0.0} %");
    }

    private static double Share(int part, List<Account> of) => 100.0 * part / Math.Max(1, of.Count);

    private static string Words(Fate fate) => fate == Fate.GivenUp ? "given up" : fate.ToString().ToLowerInvariant();
}
