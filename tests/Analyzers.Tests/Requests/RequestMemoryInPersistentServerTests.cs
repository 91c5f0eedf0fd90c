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

    [Fact]
    public Task Owner_that_waits_for_the_end_of_a_web_socket_Triggers() => InController("""
        [HttpGet("/ws")]
        public async Task Echo(CancellationToken token)
        {
            using var socket = await HttpContext.WebSockets.AcceptWebSocketAsync();
            while (socket.State == System.Net.WebSockets.WebSocketState.Open)
            {
                var owner = {|LIFE002:System.Buffers.MemoryPool<byte>.Shared.Rent(4096)|};
                Response.RegisterForDispose(owner);
                await socket.ReceiveAsync(owner.Memory, token);
            }
        }
        """);

    [Fact]
    public Task Owner_that_waits_for_the_end_of_an_event_stream_Triggers() => InController("""
        [HttpGet("/events")]
        public async Task Events([FromServices] Channel<string> messages)
        {
            await foreach (string message in messages.Reader.ReadAllAsync(HttpContext.RequestAborted))
            {
                await Send(message);
            }
        }

        private async Task Send(string message)
        {
            var owner = {|LIFE002:System.Buffers.MemoryPool<byte>.Shared.Rent(message.Length)|};
            HttpContext.Response.RegisterForDispose(owner);
            await Response.Body.WriteAsync(owner.Memory);
        }
        """);

    [Fact]
    public Task Owner_of_each_message_of_a_grpc_stream_Triggers() => InFile("""
        namespace Grpc.Core
        {
            public interface IAsyncStreamReader<out T> { T Current { get; } Task<bool> MoveNext(CancellationToken token); }
            public abstract class ServerCallContext { public abstract HttpContext Http { get; } }
        }

        public abstract class ChatBase
        {
            public virtual Task<int> Upload(Grpc.Core.IAsyncStreamReader<byte[]> requests, Grpc.Core.ServerCallContext context) => throw new NotSupportedException();
        }

        public class ChatService : ChatBase
        {
            public override async Task<int> Upload(Grpc.Core.IAsyncStreamReader<byte[]> requests, Grpc.Core.ServerCallContext context)
            {
                int total = 0;
                while (await requests.MoveNext(default))
                {
                    var owner = {|LIFE002:System.Buffers.MemoryPool<byte>.Shared.Rent(requests.Current.Length)|};
                    context.Http.Response.RegisterForDispose(owner);
                    total += owner.Memory.Length;
                }

                return total;
            }
        }
        """);

    [Fact]
    public Task Owner_of_the_whole_connection_DoesNotTrigger() => InController("""
        [HttpGet("/ws")]
        public async Task Echo(CancellationToken token)
        {
            using var socket = await HttpContext.WebSockets.AcceptWebSocketAsync();
            var owner = System.Buffers.MemoryPool<byte>.Shared.Rent(4096);
            Response.RegisterForDispose(owner);
            while (socket.State == System.Net.WebSockets.WebSocketState.Open)
            {
                await socket.ReceiveAsync(owner.Memory, token);
            }
        }

        [HttpGet("/parts")]
        public async Task Parts()
        {
            for (int part = 0; part < 3; part++)
            {
                var owner = System.Buffers.MemoryPool<byte>.Shared.Rent(4096);
                Response.RegisterForDispose(owner);
                await Response.Body.WriteAsync(owner.Memory);
            }
        }
        """);

    [Fact]
    public Task Scope_that_ends_with_each_message_DoesNotTrigger() => InController("""
        [HttpGet("/ws")]
        public async Task Echo(CancellationToken token)
        {
            using var socket = await HttpContext.WebSockets.AcceptWebSocketAsync();
            while (socket.State == System.Net.WebSockets.WebSocketState.Open)
            {
                using RequestScope scope = RequestScope.Begin();
                var owner = System.Buffers.MemoryPool<byte>.Shared.Rent(4096);
                scope.RegisterForDispose(owner);
                nint block = Heap.Emalloc(100);
                Marshal.WriteByte(block, 1);
                await socket.ReceiveAsync(owner.Memory, token);
            }
        }
        """);

    [Fact]
    public Task Fix_disposes_in_the_iteration_of_what_was_registered() => Verify.FixAsync(
        Sockets("var owner = {|LIFE002:MemoryPool<byte>.Shared.Rent(4096)|};", "\n            Response.RegisterForDispose(owner);"),
        Sockets("using var owner = MemoryPool<byte>.Shared.Rent(4096);", ""));

    private static string Sockets(string taken, string registered) => $$"""
        using System.Buffers;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;

        public class SocketsController : ControllerBase
        {
            [HttpGet("/ws")]
            public async Task Echo(CancellationToken token)
            {
                using var socket = await HttpContext.WebSockets.AcceptWebSocketAsync();
                while (socket.State == WebSocketState.Open)
                {
                    {{taken}}{{registered}}
                    await socket.ReceiveAsync(owner.Memory, token);
                }
            }
        }
        """;
}
