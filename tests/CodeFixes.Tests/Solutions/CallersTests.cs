using System.Text;
using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Solutions;

/// <summary>
/// A fix that changes who owns a block is felt by callers in other files: where they would be reported then, it is not
/// offered, and where they do the right thing already, it is.
/// </summary>
public class CallersTests
{
    private const string Returned = """
        using System.Runtime.InteropServices;

        internal static class Blocks
        {
            public static nint Make(int size)
            {
                var block = Marshal.AllocHGlobal(size);
                Marshal.WriteByte(block, 1);
                Marshal.FreeHGlobal(block);
                return block;
            }
        }

        """;

    private const string Released = """
        using System.Runtime.InteropServices;

        internal static class Blocks
        {
            public static void Done(nint block)
            {
                Marshal.WriteByte(block, 1);
                Marshal.FreeHGlobal(block);
                Marshal.FreeHGlobal(block);
            }

            public static void Over(nint block)
            {
                Marshal.FreeHGlobal(block);
                Marshal.WriteByte(block, 1);
            }
        }

        """;

    private static string Caller(string statements) => $$"""
        using System.Runtime.InteropServices;

        internal static class Caller
        {
            public static byte M()
            {
                {{statements.ReplaceLineEndings("\n        ")}}
                return read;
            }
        }

        """;

    private const string Owner = """
        using System.Runtime.InteropServices;

        internal class Owner
        {
            private nint _block = Marshal.AllocHGlobal(8);

            public byte First => Marshal.ReadByte(_block);
        }

        """;

    [Theory]
    [InlineData("internal sealed class Other : Owner { }", true)]
    [InlineData("internal sealed class Other : Owner { public void Dispose() { } }", false)]
    public async Task Types_derived_in_other_files_compile(string derived, bool isRepaired)
    {
        var document = Bench.EmptyProject().AddDocument("Owner.cs", SourceText.From(Owner, Encoding.UTF8), filePath: "/Owner.cs");
        document = document.Project.AddDocument("Other.cs", SourceText.From(derived, Encoding.UTF8), filePath: "/Other.cs").Project.GetDocument(document.Id)!;

        var after = await Bar.FixAllHoldsAsync(document, Bench.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains("LIFE013")));

        Assert.Equal(isRepaired ? [] : ["LIFE013"], (await Bench.CountsAsync(after.GetProject(document.Project.Id)!)).Keys);
    }

    [Theory]
    [InlineData("LIFE007", Returned, "var read = Marshal.ReadByte(Blocks.Make(8));", false)]
    [InlineData("LIFE007", Returned, "var got = Blocks.Make(8);\nvar read = Marshal.ReadByte(got);\nMarshal.FreeHGlobal(got);", true)]
    [InlineData("LIFE006", Released, "var given = Marshal.AllocHGlobal(8);\nvar read = (byte)1;\nBlocks.Done(given);", true)]
    [InlineData("LIFE007", Released, "var given = Marshal.AllocHGlobal(8);\nvar read = (byte)1;\nBlocks.Over(given);", true)]
    public async Task What_callers_in_other_files_would_feel_is_asked(string rule, string callee, string statements, bool isRepaired)
    {
        var project = Bench.EmptyProject();
        var document = project.AddDocument("Blocks.cs", SourceText.From(callee, Encoding.UTF8), filePath: "/Blocks.cs");
        document = document.Project.AddDocument("Caller.cs", SourceText.From(Caller(statements), Encoding.UTF8), filePath: "/Caller.cs").Project.GetDocument(document.Id)!;
        var before = await Bench.CountsAsync(document.Project);
        Assert.Contains(rule, before.Keys);

        var after = await Bar.FixAllHoldsAsync(document, Bench.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(rule)));

        var counts = await Bench.CountsAsync(after.GetProject(document.Project.Id)!);
        Assert.Empty(Bar.Faults(null, before, counts, isDefault: true));
        Assert.Equal(isRepaired, !counts.ContainsKey(rule));
    }
}
