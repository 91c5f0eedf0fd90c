using LifetimeAnalyzers.CodeFixes.Tests.Bars;
using LifetimeAnalyzers.CodeFixes.Tests.Sweep;

namespace LifetimeAnalyzers.RunProof.Tests;

/// <summary>
/// Programs that are run before and after their repair. Before, the mistake really happens: the system's allocator holds
/// more after every run, or the runtime library's debug mode names the wrong release, or the pool hands one buffer to
/// two users. After, it does not, and the program prints what it should.
/// </summary>
/// <remarks>
/// A double free or a use after free of the system's own allocator cannot be run safely, so LIFE006 to LIFE009 are shown
/// with request memory, whose debug mode refuses the release, and with pools. LIFE002 and LIFE014 run into the limit of
/// the request. LIFE015 is no mistake: its program only has to do the same after the rewrite. LIFE018 writes an attribute,
/// which does nothing when it runs; LIFE017, LIFE090 and LIFE091 have no fix.
/// </remarks>
public class RunProofTests
{
    private const string Usings = "using System;\nusing System.Threading.Tasks;\n";

    private const int Times = 100;

    /// <summary>Every program says what goes wrong in it, <c>grows</c> or what it prints, and what it prints when it is right. Its name ends with the rule.</summary>
    public static TheoryData<string> Programs =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Programs"), "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_rule_that_has_a_fix_has_a_program() =>
        Assert.Equal(Bench.Fixes.Select(fix => fix.FixableDiagnosticIds[0]).Except(["LIFE018"]), Programs.Cast<object[]>().Select(program => ((string)program[0])[^7..]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Mistake_happens_before_and_not_after(string program)
    {
        var (mistake, output, before) = Read(program);
        var fixedRun = await FixRun.OfAsync(before);
        Assert.Contains(program[^7..], fixedRun.Before);
        Assert.Empty(fixedRun.After);

        var broken = CompiledProgram.Of(before);
        Assert.Equal(mistake == Grows ? output : mistake, broken.Run());
        Assert.True(mistake != Grows || broken.Growth(Times) > Times * 60_000, "the program is to leak before its repair");
        IsRight(fixedRun.Text, mistake, output);
    }

    /// <summary>What the editor offers beside the default repairs as well; where one program has one report of its rule.</summary>
    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Every_alternative_repairs_as_well(string program)
    {
        var (mistake, output, before) = Read(program);
        var document = Bench.EmptyProject().AddDocument("Test.cs", before, filePath: "/Test.cs");
        var reported = await Bench.LifetimeAsync(document.Project);
        if (reported.Length != 1)
        {
            return;
        }

        var fix = Bench.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(reported[0].Id));
        foreach (var offer in await Applied.OffersAsync(document, reported[0], fix))
        {
            var after = (await Applied.ApplyAsync(offer)).GetDocument(document.Id)!;
            IsRight((await after.GetTextAsync()).ToString(), mistake, output);
        }
    }

    private const string Grows = "grows";

    private static void IsRight(string text, string mistake, string output)
    {
        var repaired = CompiledProgram.Of(text);
        Assert.True(output == repaired.Run(), $"prints {repaired.Run()} after its repair:\n{text}");
        Assert.True(mistake != Grows || repaired.Growth(Times) < Times * 6_000, "the program leaks after its repair:\n" + text);
    }

    private static (string Mistake, string Output, string Source) Read(string program)
    {
        var lines = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Programs", program + ".cs")).ReplaceLineEndings("\n").Split('\n');
        return (lines[0]["// mistake: ".Length..], lines[1]["// output: ".Length..], Usings + string.Join('\n', lines.Skip(2)));
    }
}
