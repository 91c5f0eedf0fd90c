using System.Collections.Immutable;
using System.Diagnostics;
using LifetimeAnalyzers.Corpus.Analyzers;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>
/// Times analyzers against the compile of the same round: one thread, quick JIT off, a round to warm up, medians.
/// "Execution" is time in the analyzer's callbacks; "net" is what the whole run takes above one with an empty
/// operation-block analyzer. Both are parts of the compile's time.
/// </summary>
internal static class TimeCommand
{
    private static readonly string[] Peers = ["ca2000", "platform", "disposable"];

    /// <summary>Prints a line for every compilation and set; peers run in processes of their own, since they may die.</summary>
    public static int Run(IReadOnlyList<string> folders, bool projects, string set, string? assembly, int rounds, bool peers, TextWriter output)
    {
        foreach (var unit in folders.SelectMany(folder => CorpusFolder.Compile(folder, projects)))
        {
            output.WriteLine(Measure(unit, set, assembly, rounds));
            output.Flush();
        }

        foreach (var peer in peers ? Peers : [])
        {
            string[] arguments = ["time", .. folders, "--set", peer, "--rounds", rounds.ToString(System.Globalization.CultureInfo.InvariantCulture), .. projects ? ["--projects"] : Array.Empty<string>()];
            // run as 'dotnet corpus.dll', the process is the host and wants the assembly first
            var isHosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
            using var child = Process.Start(Environment.ProcessPath!, isHosted ? [Environment.GetCommandLineArgs()[0], .. arguments] : arguments);
            child.WaitForExit();
            if (child.ExitCode != 0)
            {
                output.WriteLine($"{peer}: the process ended with {child.ExitCode}");
            }
        }

        return 0;
    }

    private static string Measure(CorpusUnit unit, string set, string? assembly, int rounds)
    {
        var analyzers = AnalyzerSet.Named(set, assembly);
        var empty = AnalyzerSet.Named("empty", null);
        var (compile, execution, net, allocated) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (reports, crashes) = (0, 0);
        // Round 0 warms up and does not count.
        for (var round = 0; round <= rounds; round++)
        {
            var bytes = GC.GetTotalAllocatedBytes();
            var before = ProcessorTime;
            unit.Compilation.Clone().GetDiagnostics();
            var compiled = ProcessorTime - before;
            var compiledBytes = GC.GetTotalAllocatedBytes() - bytes;
            var nothing = AnalyzerPass.Run(unit.Compilation, empty, concurrent: false, CancellationToken.None);
            bytes = GC.GetTotalAllocatedBytes();
            var pass = AnalyzerPass.Run(unit.Compilation, analyzers, concurrent: false, CancellationToken.None);
            if (round > 0)
            {
                compile.Add(compiled.TotalSeconds);
                execution.Add(pass.Execution / compiled);
                net.Add((pass.Processor - nothing.Processor) / compiled);
                allocated.Add((double)(GC.GetTotalAllocatedBytes() - bytes) / compiledBytes);
            }

            (reports, crashes) = (pass.Diagnostics.Length, pass.Crashes.Length);
        }

        return $"{unit.Name} | {set} | {unit.Lines} lines | compile {Median(compile):0.00} s | execution {Median(execution):0.000} | net {Median(net):0.000} | allocated {Median(allocated):0.00} | kept {Kept(unit, set, assembly) / 1024} KB | {reports} reports | {crashes} crashes";
    }

    /// <summary>What this process has used of the processors, collections included: other work on the machine does not count.</summary>
    private static TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime;
        }
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[values.Count / 2];
    }

    /// <summary>Bytes that stay reachable after a run whose compilation is gone.</summary>
    private static long Kept(CorpusUnit unit, string set, string? assembly)
    {
        var analyzers = AnalyzerSet.Named(set, assembly);
        Once(AnalyzerSet.Named("empty", null)); // what the compiler itself keeps for the next time
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Once(analyzers);
        return Math.Max(0, GC.GetTotalMemory(forceFullCollection: true) - before);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        void Once(ImmutableArray<DiagnosticAnalyzer> set) => AnalyzerPass.Run(Anew(unit.Compilation), set, concurrent: false, CancellationToken.None);

        // what goes with the trees must be able to go: those of the unit stay
        static CSharpCompilation Anew(CSharpCompilation compilation) => compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(static tree => CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath)));
    }
}
