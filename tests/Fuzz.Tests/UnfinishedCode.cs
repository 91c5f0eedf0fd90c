using System.Collections.Immutable;
using LifetimeAnalyzers.Suite;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LifetimeAnalyzers.Fuzz.Tests;

/// <summary>
/// The analyzer over prefixes, token-deleted and token-exchanged mutants of every case of the suite: it does not throw and
/// comes to an end. LIFETIME_FUZZ_PER_FILE sets how many mutants of each kind a file gets (by default 1 for each 2500
/// characters, and a draw of the shorter files, with a fixed seed), LIFETIME_FUZZ_SEED another seed.
/// </summary>
public sealed class UnfinishedCode
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly CaseSet Set = CaseSet.Read();

    private static readonly int PerFile = Setting("LIFETIME_FUZZ_PER_FILE", 1);
    private static readonly int Seed = Setting("LIFETIME_FUZZ_SEED", 20261121);

    public static TheoryData<string> Folders => [.. Set.Cases.Select(one => one.Folder).Distinct()];

    [Theory]
    [MemberData(nameof(Folders))]
    public Task Prefixes_are_analysed(string folder) => RunAsync(folder, Mutations.Prefixes);

    [Theory]
    [MemberData(nameof(Folders))]
    public Task Sources_with_deleted_tokens_are_analysed(string folder) => RunAsync(folder, Mutations.Deletions);

    [Theory]
    [MemberData(nameof(Folders))]
    public Task Sources_with_exchanged_tokens_are_analysed(string folder) => RunAsync(folder, Mutations.Exchanges);

    private static async Task RunAsync(string folder, Func<string, int, Random, IEnumerable<string>> mutate)
    {
        var random = new Random(Seed);
        CSharpCompilation support = CaseCompilation.Of("unfinished", Set.Support);

        // Long files have more places to break. Of the many short ones, which resemble each other, some are drawn.
        foreach (CaseFile @case in Set.Cases.Where(one => one.Folder == folder))
        {
            int share = @case.Tree.Length / 2500;
            int count = share > 0 ? PerFile * share : PerFile > 1 || random.Next(4) == 0 ? PerFile : 0;
            foreach (string text in mutate(@case.Tree.ToString(), count, random))
            {
                await AnalyseAsync(support, @case.Path, text);
            }
        }
    }

    private static async Task AnalyseAsync(CSharpCompilation support, string path, string text)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, CaseCompilation.ParseOptions, path);
        using var patience = new CancellationTokenSource(Patience);
        ImmutableArray<Exception> failures;
        try
        {
            failures = (await AnalyzerRun.OfAsync(new LifetimeAnalyzer(), support.AddSyntaxTrees(tree), concurrent: false, patience.Token)).Failures;
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{path}: no end within {Patience.TotalSeconds} s on\n{text}");
            return;
        }

        Assert.True(failures.IsEmpty, failures.IsEmpty ? "" : $"{path}: {failures[0]}\non\n{text}");
    }

    private static int Setting(string name, int @default) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out int value) ? value : @default;
}
