using LifetimeAnalyzers.Suite;
using Microsoft.CodeAnalysis.CSharp;

namespace LifetimeAnalyzers.Fuzz.Tests;

/// <summary>An analysis that nobody waits for any more stops.</summary>
public sealed class Cancellation
{
    private static readonly CSharpCompilation Cases = CaseSet.Read("CSharp/").Compilations().Single().Compilation;

    [Fact]
    public Task A_cancelled_run_does_not_start()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        return Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            AnalyzerRun.OfAsync(new LifetimeAnalyzer(), Cases, concurrent: true, source.Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(400)]
    public async Task A_run_that_is_cancelled_on_the_way_ends_without_failures(int milliseconds)
    {
        using var source = new CancellationTokenSource(milliseconds);
        try
        {
            AnalyzerRun run = await AnalyzerRun.OfAsync(new LifetimeAnalyzer(), Cases, concurrent: true, source.Token);
            Assert.Empty(run.Failures);
        }
        catch (OperationCanceledException)
        {
            Assert.True(source.IsCancellationRequested);
        }
    }
}
