using System.Text;
using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Solutions;

/// <summary>
/// A file that two projects share and read with different symbols: what one of them does not see is left as it is and
/// still compiles in the other, and when each has been fixed neither has a report.
/// </summary>
public class LinkedFileTests
{
    private const string Source = """
        using System;
        using System.IO;
        using System.Runtime.InteropServices;

        internal static unsafe class Shared
        {
            public static int Both(int n)
            {
                var p = (int*)NativeMemory.Alloc(16);
        #if FAST
                var sum = *p;
        #else
                var sum = 0;
                foreach (var digit in n.ToString())
                {
                    sum += digit;
                }
        #endif
                return sum + *p;
            }

        #if FAST
            public static int Own(int n)
            {
                nint fast = Marshal.AllocHGlobal(n);
                return Marshal.ReadByte(fast);
            }
        #else
            public static int Own(int n)
            {
                nint slow = Marshal.AllocHGlobal(n);
                return Marshal.ReadByte(slow);
            }
        #endif

            public static void Released(int n)
            {
                var block = Marshal.AllocHGlobal(n);
        #if FAST
                if (n > 4)
                {
                    return;
                }
        #endif
                Console.WriteLine(Marshal.ReadByte(block));
                Marshal.FreeHGlobal(block);
            }

            public static void Branch(int n)
            {
                var block = Marshal.AllocHGlobal(n);
                if (n > 4)
        #if FAST
                    return;
        #else
                {
                    Console.WriteLine();
                    return;
                }
        #endif
                Marshal.FreeHGlobal(block);
            }
        }

        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_project_repairs_what_it_sees(bool fastFirst)
    {
        var (one, two) = (ProjectId.CreateNewId(), ProjectId.CreateNewId());
        var (here, there) = (DocumentId.CreateNewId(one), DocumentId.CreateNewId(two));
        var text = SourceText.From(Source, Encoding.UTF8);
        var solution = Bench.Workspace.CurrentSolution
            .AddProject(Bench.Project(one, "A")).AddProject(Bench.Project(two, "B"))
            .AddDocument(here, "Shared.cs", text, filePath: "/Shared.cs").AddDocument(there, "Shared.cs", text, filePath: "/Shared.cs")
            .WithProjectParseOptions(fastFirst ? one : two, new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: ["FAST"]));
        await BuildAsync(solution);

        foreach (var document in new[] { here, there })
        {
            foreach (var fix in Bench.Fixes)
            {
                // What is written to the file is what both read then.
                var after = await Applied.AllAsync(solution.GetDocument(document)!, fix, FixAllScope.Document);
                solution = solution.WithDocumentText([here, there], await after.GetDocument(document)!.GetTextAsync());
                await BuildAsync(solution);
            }
        }

        Assert.Empty(await Bench.LifetimeAsync(solution.GetProject(one)!));
        Assert.Empty(await Bench.LifetimeAsync(solution.GetProject(two)!));
    }

    private static async Task BuildAsync(Solution solution)
    {
        foreach (var project in solution.Projects)
        {
            var errors = (await project.GetCompilationAsync())!.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error);
            Assert.True(!errors.Any(), string.Join('\n', errors) + "\n" + await project.Documents.First().GetTextAsync());
        }
    }
}
