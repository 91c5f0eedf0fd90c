using System.Text;
using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Solutions;

/// <summary>How a file is stored survives a fix: line ends, byte order mark, encoding, what is switched off.</summary>
public class LayoutTests
{
    private const string Leaks = """
        using System.Runtime.InteropServices;

        class C
        {
            static unsafe int M(bool early)
            {
                // What the block is for.
                var p = (int*)NativeMemory.Alloc(16); // four numbers
                *p = 1;
                if (early)
                {
                    return 0;
                }

                return *p;
            }

            static byte Read() => Marshal.ReadByte(Marshal.AllocHGlobal(16));
        }

        """;

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Line_ends_are_those_of_the_file(string lineEnd)
    {
        var text = await FixedAsync(Leaks.ReplaceLineEndings(lineEnd), new UTF8Encoding(false));

        Assert.Contains("finally", text.ToString(), StringComparison.Ordinal);
        Assert.Equal(text.ToString().ReplaceLineEndings(lineEnd), text.ToString());
    }

    [Theory]
    [InlineData("Odd.cs")]
    [InlineData("Egyptian.cs")]
    public async Task Line_ends_of_whole_programs_stay(string program)
    {
        var source = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Programs", program));
        var text = await FixedAsync(source.Replace("using System.Runtime.InteropServices;\n", "using System;\nusing System.Collections.Generic;\nusing System.Runtime.InteropServices;\n", StringComparison.Ordinal).ReplaceLineEndings("\r\n"), Encoding.UTF8);

        Assert.Contains("finally", text.ToString(), StringComparison.Ordinal);
        Assert.Equal(text.ToString().ReplaceLineEndings("\r\n"), text.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Byte_order_mark_stays_as_it_is(bool hasMark)
    {
        var text = await FixedAsync(Leaks, new UTF8Encoding(hasMark));

        Assert.Equal(hasMark ? 3 : 0, text.Encoding!.GetPreamble().Length);
    }

    [Fact]
    public async Task Comments_stay()
    {
        var text = (await FixedAsync(Leaks, Encoding.UTF8)).ToString();

        Assert.Contains("        // What the block is for.\n        var p = (int*)NativeMemory.Alloc(16); // four numbers\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_switched_off_stays_as_it_is()
    {
        const string Source = """
            using System.Runtime.InteropServices;

            class C
            {
                static unsafe int M()
                {
                    var p = (int*)NativeMemory.Alloc(16);
            #if NEVER
              this   is not code
            #else
                    *p = 1;
            #endif
                    return *p;
                }
            }

            """;
        var text = (await FixedAsync(Source, Encoding.UTF8)).ToString().ReplaceLineEndings("\n");

        Assert.Contains("#if NEVER\n  this   is not code\n#else\n            *p = 1;\n#endif\n            return *p;\n        }\n        finally\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_is_switched_off_stays_with_what_it_names()
    {
        const string Source = """
            using System;
            using System.Runtime.InteropServices;

            class C
            {
                static unsafe void M(Action act)
                {
                    var p = (int*)NativeMemory.Alloc(16);
                    var first = p;
                    act();
                    *first = 1;
            #if NEVER
                    Clear(first);
            #endif
                    // No longer needed.
                    NativeMemory.Free(p);
                }
            }

            """;
        var text = (await FixedAsync(Source, Encoding.UTF8, "LIFE005")).ToString().ReplaceLineEndings("\n");

        Assert.Contains("            *first = 1;\n#if NEVER\n            Clear(first);\n#endif\n        }\n        finally\n        {\n            // No longer needed.\n            NativeMemory.Free(p);\n        }\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_is_switched_off_behind_a_try_names_nothing_of_it()
    {
        const string Source = """
            using System;
            using System.Runtime.InteropServices;

            class C
            {
                static unsafe void M(Action act)
                {
                    var p = (int*)NativeMemory.Alloc(16);
                    var first = *p;
                    act();
                    NativeMemory.Free(p);
                    act();
            #if NEVER
                    Console.WriteLine(first);
            #endif
                }
            }

            """;
        var text = (await FixedAsync(Source, Encoding.UTF8, "LIFE005")).ToString().ReplaceLineEndings("\n");

        Assert.True(text.IndexOf("finally", StringComparison.Ordinal) < 0 || text.IndexOf("finally", StringComparison.Ordinal) > text.IndexOf("#endif", StringComparison.Ordinal), text);
    }

    [Fact]
    public async Task Try_does_not_cut_a_directive_in_two()
    {
        const string Source = """
            using System.Runtime.InteropServices;

            class C
            {
                static unsafe void M()
                {
            #if true
                    var p = (int*)NativeMemory.Alloc(16);
            #endif
                    *p = 1;
                }
            }

            """;
        var text = (await FixedAsync(Source, Encoding.UTF8)).ToString();

        Assert.True(text == Source || CountOf(text, "#if") == CountOf(text, "#endif"), text);
    }

    private static int CountOf(string text, string part) => text.Split(part).Length;

    /// <summary>The file after fix-all of every rule, which has to hold the bars.</summary>
    private static async Task<SourceText> FixedAsync(string source, Encoding encoding, string? raised = null)
    {
        var document = Bench.EmptyProject(raised: raised).AddDocument("Test.cs", SourceText.From(source, encoding), filePath: "/Test.cs");
        var (solution, project, id) = (document.Project.Solution, document.Project.Id, document.Id);
        var before = await Bench.CountsAsync(document.Project);
        foreach (var fix in Bench.Fixes.Where(fix => before.ContainsKey(fix.FixableDiagnosticIds[0])))
        {
            solution = await Bar.FixAllHoldsAsync(solution.GetDocument(id)!, fix);
        }

        Assert.Empty(Bar.Faults(null, before, await Bench.CountsAsync(solution.GetProject(project)!), isDefault: true));
        return await solution.GetDocument(id)!.GetTextAsync();
    }
}
