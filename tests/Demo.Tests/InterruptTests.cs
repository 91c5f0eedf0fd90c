using System.Diagnostics;

namespace LifetimeAnalyzers.Demo.Tests;

/// <summary>An interrupted demo leaves nothing running, and nothing outside its output folder.</summary>
public sealed class InterruptTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Interrupted_while_it_packs(string signal)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using DemoProgram demo = new();
        using Process process = demo.Start(["--output", demo.Output]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();

        // Wait for the build inside it to be at work.
        while (!process.HasExited && demo.ProcessesAtWork().Count < 2)
        {
            await Task.Delay(50);
        }

        await Task.Delay(1000);
        using (Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        Assert.Equal((130, ""), (process.ExitCode, await error));
        Assert.EndsWith("Interrupted; nothing is left running.", (await output).TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(demo.ProcessesAtWork());
        Assert.Empty(Directory.EnumerateFileSystemEntries(demo.Temporary));
    }
}
