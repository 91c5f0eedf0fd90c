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

    /// <summary>Each run leaks at least 64 KiB before.</summary>
    [Theory]
    [InlineData("Leak_LIFE001", "42")]
    [InlineData("Leak_LIFE003", "3 7 16")]
    [InlineData("Leak_LIFE004", "early full")]
    [InlineData("Leak_LIFE005", "caught")]
    [InlineData("Leak_LIFE013", "9")]
    public async Task Memory_grows_before_and_not_after(string program, string output)
    {
        const int Times = 100;
        var before = Source(program);
        var fixedRun = await FixRun.OfAsync(before);
        Assert.Contains(program[^7..], fixedRun.Before);
        Assert.Empty(fixedRun.After);

        var broken = CompiledProgram.Of(before);
        var repaired = CompiledProgram.Of(fixedRun.Text);
        Assert.Equal(output, broken.Run());
        Assert.Equal(output, repaired.Run());
        Assert.True(broken.Growth(Times) > Times * 60_000, "the program is to leak before its repair");
        Assert.True(repaired.Growth(Times) < Times * 6_000, "the program leaks after its repair:\n" + fixedRun.Text);
    }

    [Theory]
    [InlineData("Wrong_LIFE006", "threw InvalidFreeException", "freed")]
    [InlineData("Wrong_LIFE008", "threw InvalidFreeException", "freed")]
    [InlineData("Wrong_LIFE009", "threw InvalidFreeException", "freed")]
    [InlineData("Wrong_LIFE010", "threw RequestScopeEndedException", "first byte 7")]
    [InlineData("Wrong_LIFE011", "threw TypeInitializationException", "squares of 16")]
    [InlineData("Wrong_LIFE012", "a scope is still open", "every scope has ended")]
    [InlineData("Limit_LIFE002", "threw MemoryLimitExceededException", "100 messages")]
    [InlineData("Limit_LIFE014", "threw MemoryLimitExceededException", "100 lines")]
    [InlineData("Wrong_Pool_LIFE016", "a new buffer each time", "one buffer again and again")]
    [InlineData("Same_LIFE015", "42", "42")]
    [InlineData("Wrong_Pool_LIFE006", "one buffer for two", "a buffer each")]
    [InlineData("Wrong_Pool_LIFE007", "somebody else's 2", "mine 1")]
    public async Task Mistake_shows_before_and_not_after(string program, string mistake, string output)
    {
        var before = Source(program);
        var fixedRun = await FixRun.OfAsync(before);
        Assert.Contains(program[^7..], fixedRun.Before);
        Assert.Empty(fixedRun.After);

        Assert.Equal(mistake, CompiledProgram.Of(before).Run());
        Assert.Equal(output, CompiledProgram.Of(fixedRun.Text).Run());
    }

    private static string Source(string program) => Usings + File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Programs", program + ".cs")).ReplaceLineEndings("\n");
}
