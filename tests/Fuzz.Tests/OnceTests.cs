using LifetimeAnalyzers.Candidates;

namespace LifetimeAnalyzers.Fuzz.Tests;

/// <summary>What is made once for all threads of a run is made once, and a cancelled run neither spoils nor waits for it.</summary>
public sealed class OnceTests
{
    [Fact]
    public async Task TheOthersWaitForTheOneWhoMakesIt()
    {
        int made = 0;
        using ManualResetEventSlim making = new();
        using ManualResetEventSlim finish = new();
        Once<string> once = new(
            () =>
            {
                making.Set();
                finish.Wait();
                return $"value {Interlocked.Increment(ref made)}";
            },
            CancellationToken.None);

        Task<string> first = Task.Run(() => once.Value);
        making.Wait();
        Task<string> second = Task.Run(() => once.Value);
        finish.Set();

        Assert.Equal("value 1", await first);
        Assert.Equal("value 1", await second);
        Assert.Equal("value 1", once.Value);
    }

    [Fact]
    public void WhoComesAfterAnExceptionMakesItAnew()
    {
        int asked = 0;
        Once<string> once = new(() => ++asked == 1 ? throw new OperationCanceledException() : "made", CancellationToken.None);

        Assert.Throws<OperationCanceledException>(() => once.Value);
        Assert.Equal("made", once.Value);
    }

    [Fact]
    public async Task WhoIsCancelledDoesNotWait()
    {
        using CancellationTokenSource run = new();
        using ManualResetEventSlim making = new();
        using ManualResetEventSlim finish = new();
        Once<string> once = new(
            () =>
            {
                making.Set();
                finish.Wait();
                return "made";
            },
            run.Token);

        Task<string> first = Task.Run(() => once.Value);
        making.Wait();
        Task<string> second = Task.Run(() => once.Value);
        await run.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => second);
        finish.Set();
        Assert.Equal("made", await first);
    }
}
