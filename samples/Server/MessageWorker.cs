using LifetimeAnalyzers;

namespace Samples.Server;

/// <summary>Lives as long as the process: its one request scope never ends while it works, so what it takes per message stays.</summary>
internal sealed class MessageWorker(MessageQueue queue) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using RequestScope scope = RequestScope.BeginPersistent();
        await foreach (Message message in queue.Reader.ReadAllAsync(stoppingToken))
        {
            nint block = Heap.Emalloc(Pattern.BlockSize);
            message.Answer.SetResult(Pattern.FillAndSum(block, message.Seed));
        }
    }
}
