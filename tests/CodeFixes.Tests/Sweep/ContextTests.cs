using System.Text;
using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.CodeFixes.Tests.Sweep;

/// <summary>
/// The same mistake in every place where code can stand: methods and accessors, lambdas and local functions, async code
/// and iterators, between usings and directives, top-level statements. Wherever it is reported the default repairs it.
/// </summary>
public class ContextTests
{
    private const string Usings = "global using System; global using System.Buffers; global using System.Collections.Generic; global using System.IO; global using System.Runtime.InteropServices; global using System.Threading.Tasks; global using LifetimeAnalyzers;";

    /// <summary>A mistake of each rule that statements can make by themselves; <c>in</c> names the attribute of the type that it stands in.</summary>
    private static readonly Dictionary<string, string> Mistakes = new(StringComparer.Ordinal)
    {
        ["LIFE001"] = """
            // in RequestHandler
            var block = Heap.Malloc(16); // kept
            Console.WriteLine(Marshal.ReadByte(block));
            """,
        ["LIFE002"] = """
            // in PersistentServer
            for (var i = 0; i < Environment.TickCount; i++)
            {
                var block = Heap.Emalloc(16); // kept
                Console.WriteLine(Marshal.ReadByte(block));
            }
            """,
        ["LIFE003"] = """
            var block = Marshal.AllocHGlobal(16); // kept
            Console.WriteLine(Marshal.ReadByte(block));
            """,
        ["LIFE004"] = """
            var block = Marshal.AllocHGlobal(16); // kept
            if (Marshal.ReadByte(block) > Environment.TickCount)
            {
                Marshal.FreeHGlobal(block);
            }
            """,
        ["LIFE005"] = """
            var block = Marshal.AllocHGlobal(16); // kept
            Console.WriteLine(File.ReadAllText("a"));
            Marshal.FreeHGlobal(block);
            """,
        ["LIFE006"] = """
            var block = Marshal.AllocHGlobal(16); // kept
            Marshal.FreeHGlobal(block);
            Marshal.FreeHGlobal(block);
            """,
        ["LIFE007"] = """
            var block = Marshal.AllocHGlobal(16); // kept
            Marshal.FreeHGlobal(block);
            Console.WriteLine(Marshal.ReadByte(block));
            """,
        ["LIFE008"] = """
            var block = Marshal.AllocHGlobal(16); // kept
            Marshal.FreeCoTaskMem(block);
            """,
        ["LIFE009"] = """
            var block = Marshal.AllocHGlobal(16); // kept
            Marshal.FreeHGlobal(block + 4);
            """,
        ["LIFE012"] = """
            var scope = RequestScope.Begin(); // kept
            Console.WriteLine(scope.ToString());
            """,
        ["LIFE014"] = """
            // in RequestHandler
            for (var i = 0; i < Environment.TickCount; i++)
            {
                var block = Heap.Emalloc(16); // kept
                Console.WriteLine(Marshal.ReadByte(block));
            }
            """,
        ["LIFE015"] = """
            // in RequestHandler
            var block = Heap.Malloc(16); // kept
            var read = Marshal.ReadByte(block);
            Heap.Free(block);
            """,
        ["LIFE016"] = """
            var buffer = ArrayPool<byte>.Shared.Rent(16); // kept
            if (buffer[0] > Environment.TickCount)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
            """,
    };

    /// <summary>Where a statement can stand. The statements take the place of <c>$</c>, in its column.</summary>
    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["method"] = "public static void M()\n{\n    $\n}",
        ["more before and behind"] = "public static int M(string[] words)\n{\n    var n = words.Length;\n    $\n    return n;\n}",
        ["lambda"] = "public static Action M()\n{\n    return () =>\n    {\n        $\n    };\n}",
        ["argument"] = "public static void M(List<int> all) => all.ForEach(one =>\n{\n    $\n});",
        ["local function"] = "public static void M()\n{\n    Inner();\n\n    static void Inner()\n    {\n        $\n    }\n}",
        ["async method"] = "public static async Task M()\n{\n    await Task.Yield();\n    $\n    await Task.Yield();\n}",
        ["async lambda"] = "public static Func<Task> M() => async () =>\n{\n    await Task.Yield();\n    $\n};",
        ["iterator"] = "public static IEnumerable<int> M()\n{\n    yield return 1;\n    $\n    yield return 2;\n}",
        ["async iterator"] = "public static async IAsyncEnumerable<int> M()\n{\n    await Task.Yield();\n    yield return 1;\n    $\n    yield return 2;\n}",
        ["usings"] = "public static void M()\n{\n    using var one = new MemoryStream();\n    using (var two = new MemoryStream())\n    using (var three = new MemoryStream())\n    {\n        $\n        two.WriteByte(1);\n    }\n}",
        ["property"] = "public static int P\n{\n    get\n    {\n        $\n        return 1;\n    }\n}",
        ["setter"] = "public static int P\n{\n    set\n    {\n        $\n    }\n}",
        ["indexer"] = "public int this[int index]\n{\n    get\n    {\n        $\n        return index;\n    }\n}",
        ["event"] = "public static event Action E\n{\n    add\n    {\n        $\n    }\n    remove\n    {\n    }\n}",
        ["constructor"] = "public Case()\n{\n    $\n}",
        ["operator"] = "public static Case operator +(Case one, Case other)\n{\n    $\n    return one;\n}",
        ["conversion"] = "public static implicit operator int(Case one)\n{\n    $\n    return 1;\n}",
        ["switch section"] = "public static void M(int n)\n{\n    switch (n)\n    {\n        case 1:\n            $\n            break;\n        default:\n            Console.WriteLine();\n            break;\n    }\n}",
        ["switch expression"] = "public static int M(int n) => n switch\n{\n    1 => Run(() =>\n    {\n        $\n    }),\n    _ => 2,\n};\n\nprivate static int Run(Action act)\n{\n    act();\n    return 1;\n}",
        ["loop"] = "public static void M(string[] words)\n{\n    foreach (var word in words)\n    {\n        $\n    }\n}",
        ["try"] = "public static void M()\n{\n    try\n    {\n        $\n    }\n    catch (InvalidOperationException)\n    {\n        Console.WriteLine();\n    }\n}",
        ["catch"] = "public static void M(Action act)\n{\n    try\n    {\n        act();\n    }\n    catch (InvalidOperationException)\n    {\n        $\n    }\n}",
        ["lock"] = "public static void M(object gate)\n{\n    lock (gate)\n    {\n        $\n    }\n}",
        ["else"] = "public static void M(int n)\n{\n    if (n > 1)\n    {\n        Console.WriteLine();\n    }\n    else\n    {\n        $\n    }\n}",
        ["unsafe and fixed"] = "public static unsafe void M(byte[] data)\n{\n    fixed (byte* first = data)\n    {\n        $\n        *first = 1;\n    }\n}",
        ["directives"] = "public static void M()\n{\n#if NEVER\n    this is no code\n#else\n    $\n#endif\n    Console.WriteLine();\n}",
        ["region"] = "#region Once\npublic static void M()\n{\n    #region Inside\n    $\n    #endregion\n}\n#endregion",
        ["nested type"] = "private sealed class Inner<T>\n{\n    public void M()\n    {\n        $\n    }\n}",
    };

    /// <summary>What an attribute says of a type does not hold for a type inside of it, and an exception in a constructor may be its caller's affair: there nothing is reported.</summary>
    private const int Silent = 1;

    public static TheoryData<string> Rules => [.. Mistakes.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Mistake_is_repaired_in_every_place(string rule)
    {
        var source = new StringBuilder();
        foreach (var (place, around) in Places)
        {
            var attribute = Mistakes[rule].StartsWith("// in ", StringComparison.Ordinal) ? $"[{AttributeOf(rule)}]\n" : string.Empty;
            source.Append("namespace ").Append(place.Replace(' ', '_').Insert(0, "In_")).Append("\n{\n").Append(Indented($"{attribute}public sealed class Case\n{{\n    {Indented(With(around, rule), 4)}\n}}", 4, first: true)).Append("\n}\n\n");
        }

        var missing = await RepairedAsync(rule, source.ToString(), isProgram: false);

        Assert.True(missing.Length == 0, missing);
    }

    [Theory]
    [InlineData("LIFE003")]
    [InlineData("LIFE004")]
    [InlineData("LIFE005")]
    [InlineData("LIFE006")]
    [InlineData("LIFE007")]
    [InlineData("LIFE008")]
    [InlineData("LIFE009")]
    [InlineData("LIFE012")]
    [InlineData("LIFE016")]
    public async Task Mistake_is_repaired_in_top_level_statements(string rule)
    {
        var missing = await RepairedAsync(rule, $"Console.WriteLine(1);\n{With("$", rule)}\nConsole.WriteLine(2);\n", isProgram: true);

        Assert.True(missing.Length == 0, missing);
    }

    private static string AttributeOf(string rule) => Mistakes[rule]["// in ".Length..Mistakes[rule].IndexOf('\n', StringComparison.Ordinal)].TrimEnd('\r');

    /// <summary>Fixes everything; says what the fixes left, or where nothing was reported to begin with.</summary>
    private static async Task<string> RepairedAsync(string rule, string source, bool isProgram)
    {
        var document = Bench.EmptyProject(isProgram, raised: rule).AddDocument("Usings.cs", Usings, ["Support"], filePath: "/Usings.cs").Project
            .AddDocument("Test.cs", SourceText.From(source, Encoding.UTF8), filePath: "/Test.cs");
        Assert.Empty((await document.GetSemanticModelAsync())!.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error));
        var (before, reports) = await Bench.CountsAndReportsAsync(document);
        var lines = (await document.GetTextAsync()).Lines;
        var mistakes = lines.Count(line => line.ToString().Contains("// kept", StringComparison.Ordinal));
        if (before.GetValueOrDefault(rule) < mistakes - Silent)
        {
            return $"{before.GetValueOrDefault(rule)} of {mistakes} reported\n{string.Join("\n", reports)}\n{source}";
        }

        // That all at once is what one after the other gives is shown on other code.
        var fix = Bench.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(rule));
        var after = (await Applied.AllAsync(document, fix, FixAllScope.Document)).GetDocument(document.Id)!;
        var text = (await after.GetTextAsync()).ToString();
        Assert.Equal(text, (await (await Applied.AllAsync(after, fix, FixAllScope.Document)).GetDocument(document.Id)!.GetTextAsync()).ToString());
        var (counts, left) = await Bench.CountsAndReportsAsync(after);
        var faults = Bar.Faults(rule, before, counts, isDefault: true);
        Assert.True(faults.Length == 0, $"{faults}\n{string.Join("\n", left)}\n{text}");
        Assert.Equal(mistakes, text.Split("// kept").Length - 1);
        return counts.ContainsKey(rule) ? string.Join("\n", left.Where(report => report.Id == rule)) + "\n" + text : string.Empty;
    }

    /// <summary>The mistake of <paramref name="rule"/> in its place.</summary>
    private static string With(string around, string rule)
    {
        var statements = string.Join("\n", Mistakes[rule].ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith("// in ", StringComparison.Ordinal)));
        var at = around.IndexOf('$', StringComparison.Ordinal);
        var column = at - (around.LastIndexOf('\n', at) + 1);
        return around.Replace("$", Indented(statements, column), StringComparison.Ordinal);
    }

    /// <summary>All lines but the first, directives apart, further to the right.</summary>
    private static string Indented(string text, int columns, bool first = false) =>
        string.Join("\n", text.Split('\n').Select((line, i) => line.Length == 0 || line.StartsWith("#if", StringComparison.Ordinal) || line.StartsWith("#e", StringComparison.Ordinal) || (i == 0 && !first) ? line : new string(' ', columns) + line));
}
