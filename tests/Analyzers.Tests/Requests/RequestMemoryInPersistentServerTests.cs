using static LifetimeAnalyzers.Tests.Requests.WebSource;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>LIFE002: request memory where no request ends.</summary>
public class RequestMemoryInPersistentServerTests
{
    [Fact]
    public Task Message_loop_of_a_worker_Triggers() => InFile("""
        class Worker(Channel<int> queue) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                using RequestScope scope = RequestScope.BeginPersistent();
                await foreach (int message in queue.Reader.ReadAllAsync(stoppingToken))
                {
                    nint block = {|LIFE002:Heap.Emalloc(100)|};
                    Marshal.WriteInt32(block, message);
                }
            }
        }
        """);

    [Fact]
    public Task Scope_outside_the_loop_Triggers() => InFile("""
        class Worker : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                using RequestScope scope = RequestScope.Begin();
                while (!stoppingToken.IsCancellationRequested)
                {
                    nint block = {|LIFE002:Heap.Emalloc(100)|};
                    Marshal.WriteInt32(block, 1);
                    await Task.Delay(100, stoppingToken);
                }
            }
        }
        """);

    [Fact]
    public Task Scope_in_each_iteration_DoesNotTrigger() => InFile("""
        class Worker(Channel<int> queue) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await foreach (int message in queue.Reader.ReadAllAsync(stoppingToken))
                {
                    using RequestScope scope = RequestScope.Begin();
                    nint block = Heap.Emalloc(100);
                    Marshal.WriteInt32(block, message);
                }
            }
        }
        """);

    [Fact]
    public Task Scope_that_is_ended_by_hand_in_each_iteration_DoesNotTrigger() => InFile("""
        class Worker(Channel<int> queue) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await foreach (int message in queue.Reader.ReadAllAsync(stoppingToken))
                {
                    RequestScope scope = RequestScope.Begin();
                    try
                    {
                        nint block = Heap.Emalloc(100);
                        Marshal.WriteInt32(block, message);
                    }
                    finally
                    {
                        scope.Dispose();
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Block_that_is_freed_DoesNotTrigger() => InFile("""
        class Worker(Channel<int> queue) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                using RequestScope scope = RequestScope.BeginPersistent();
                await foreach (int message in queue.Reader.ReadAllAsync(stoppingToken))
                {
                    nint block = Heap.Emalloc(100);
                    Marshal.WriteInt32(block, message);
                    Heap.Efree(block);
                }
            }
        }
        """);

    [Fact]
    public Task Request_handler_DoesNotTrigger() => InController("""
        [HttpGet("/a")]
        public int Get()
        {
            nint block = Heap.Emalloc(100);
            return Marshal.ReadInt32(block);
        }
        """);
}
