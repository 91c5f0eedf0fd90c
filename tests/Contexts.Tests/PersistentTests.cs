namespace LifetimeAnalyzers.Contexts.Tests;

public sealed class PersistentTests
{
    [Fact]
    public Task A_background_service_runs_once_before_its_loop_and_for_ever_in_it() => ContextTest.Library("""
        public class Worker : BackgroundService
        {
            private readonly int field = At.StartUp();
            public Worker() => At.StartUp();
            public override Task StartAsync(CancellationToken token) { At.StartUp(); return base.StartAsync(token); }

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                At.Once();
                Prepare();
                while (!stoppingToken.IsCancellationRequested)
                {
                    At.Persistent();
                    await Tick();
                    for (int i = 0; i < 3; i++) { At.Persistent(); }
                }

                At.Once();
            }

            private void Prepare() => At.Once();
            private async Task Tick() { await Task.Delay(1); At.Persistent(); Enumerable.Range(0, 3).Select(i => At.Persistent()).ToList(); }
            private void Unused() => At.Unknown();
        }
        """);

    [Fact]
    public Task A_loop_that_its_body_can_leave_still_repeats_in_a_background_service() => ContextTest.Library("""
        public class Worker : BackgroundService
        {
            private readonly Queue<int> queue = new();
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (true)
                {
                    if (queue.Count > 100) { break; }
                    await Task.Delay(1, stoppingToken);
                    At.Persistent();
                }

                for (int i = 0; i < 3; i++) { At.Once(); }
            }
        }
        """);

    [Fact]
    public Task A_template_method_of_a_background_service() => ContextTest.Library("""
        public abstract class Periodic : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
                while (await timer.WaitForNextTickAsync(stoppingToken)) { await Tick(); }
            }

            protected abstract Task Tick();
        }

        public sealed class Mine : Periodic { protected override Task Tick() { At.Persistent(); return Task.CompletedTask; } }
        """);

    [Fact]
    public Task Hosted_services_launch_loops() => ContextTest.Library("""
        public class Pump : IHostedService
        {
            private Task? task;
            private Timer? timer;
            private readonly CancellationTokenSource stopping = new();

            public Task StartAsync(CancellationToken token)
            {
                At.StartUp();
                task = Task.Run(() => Run(stopping.Token));
                timer = new Timer(Tick, null, 0, 1000);
                new Thread(Loop).Start();
                return Task.CompletedTask;
            }

            private async Task Run(CancellationToken token) { while (!token.IsCancellationRequested) { At.Persistent(); await Task.Delay(1, token); Helper(); } }
            private void Helper() => At.Persistent();
            private void Tick(object? state) => At.Persistent();
            private void Loop() { while (true) { Thread.Sleep(1); At.Persistent(); } }
            public Task StopAsync(CancellationToken token) { At.StartUp(); stopping.Cancel(); return task ?? Task.CompletedTask; }
        }
        """);

    [Fact]
    public Task Connections_and_accept_loops() => ContextTest.Library("""
        using System.Net;
        using System.Net.Sockets;
        using Microsoft.AspNetCore.Connections;

        public class Echo : ConnectionHandler
        {
            public override async Task OnConnectedAsync(ConnectionContext connection)
            {
                At.Persistent();
                while (true)
                {
                    var result = await connection.Transport.Input.ReadAsync();
                    At.Persistent();
                    if (result.IsCompleted) { break; }
                }
            }
        }

        public class Server
        {
            private bool running = true;
            public void Stop() => running = false;

            public async Task Accept(Socket listener, CancellationToken token)
            {
                At.Unknown();
                while (true)
                {
                    var client = await listener.AcceptAsync(token);
                    if (client == null) { return; }
                    At.Persistent();
                    _ = Task.Run(() => Serve(client));
                }
            }

            private void Serve(Socket client) => At.Persistent();

            public void Listen(TcpListener listener) { while (running) { var client = listener.AcceptTcpClient(); At.Persistent(); } }
            public void Http(HttpListener listener) { while (listener.IsListening) { var context = listener.GetContext(); At.Persistent(); } }
            public async Task Pipe(System.IO.Pipes.NamedPipeServerStream pipe) { for (;;) { await pipe.WaitForConnectionAsync(); At.Persistent(); } }
        }
        """);

    [Fact]
    public Task Loops_without_an_end() => ContextTest.Library("""
        public class Loops
        {
            private volatile bool stopped;
            public void Stop() => stopped = true;

            public void WhileTrue() { while (true) { At.Persistent(); } }
            public void ForEver() { for (;;) { At.Persistent(); } }
            public void DoWhile() { do { At.Persistent(); } while (true); }
            public void Guard(int x) { while (true) { if (x < 0) { throw new Exception(); } At.Persistent(); } }
            public async Task Token(CancellationToken token) { while (!token.IsCancellationRequested) { await Task.Delay(1); At.Persistent(); } }
            public async Task TokenIsFalse(CancellationToken token) { while (token.IsCancellationRequested == false) { await Task.Delay(1); At.Persistent(); } }
            public async Task Break(CancellationToken token) { while (true) { if (token.IsCancellationRequested) { break; } At.Persistent(); await Task.Delay(1); } }
            public async Task Return(CancellationToken token) { for (;;) { if (token.IsCancellationRequested) return; At.Persistent(); await Task.Delay(1); } }
            public async Task Caught(CancellationToken token) { while (true) { try { At.Persistent(); await Task.Delay(1, token); } catch (OperationCanceledException) { break; } } }
            public async Task Filtered(CancellationToken token) { while (true) { try { At.Persistent(); await Task.Delay(1, token); } catch (Exception) when (token.IsCancellationRequested) { return; } } }
            public void Flag() { while (!stopped) { Thread.Sleep(10); At.Persistent(); } }
            public void Switch(Queue<int> q) { while (true) { switch (q.Count) { case 0: At.Persistent(); break; } } }
            public async Task Timer(PeriodicTimer timer) { while (await timer.WaitForNextTickAsync()) { At.Persistent(); } }
        }
        """);

    [Fact]
    public Task Channels_queues_and_streams() => ContextTest.Library("""
        using System.Collections.Concurrent;
        using System.Net.WebSockets;
        using System.Threading.Channels;

        public class Queues
        {
            private readonly Channel<int> channel = Channel.CreateUnbounded<int>();
            private readonly BlockingCollection<int> queue = new();
            public async Task All(CancellationToken token) { await foreach (int item in channel.Reader.ReadAllAsync(token)) { At.Persistent(); } }
            public async Task Configured(ChannelReader<int> reader) { await foreach (int item in reader.ReadAllAsync().ConfigureAwait(false)) { At.Persistent(); } }
            public async Task Wait(ChannelReader<int> reader) { while (await reader.WaitToReadAsync()) { while (reader.TryRead(out int item)) { At.Persistent(); } } }
            public async Task WaitConfigured(ChannelReader<int> reader) { while (await reader.WaitToReadAsync().ConfigureAwait(false)) { At.Persistent(); } }
            public void Consume() { foreach (int item in queue.GetConsumingEnumerable()) { At.Persistent(); } }
            public void Take() { while (!queue.IsCompleted) { At.Persistent(); } }
        }
        """);

    [Fact]
    public Task A_web_socket_loop_in_a_handler() => ContextTest.Program("""
        using System.Net.WebSockets;

        var app = WebApplication.CreateBuilder(args).Build();
        app.Map("/ws", async (HttpContext context) =>
        {
            At.Request();
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[1024];
            var result = await socket.ReceiveAsync(buffer, default);
            while (!result.CloseStatus.HasValue)
            {
                At.Persistent();
                result = await socket.ReceiveAsync(buffer, default);
            }

            At.Request();
        });
        app.Map("/state", async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            while (socket.State == WebSocketState.Open) { At.Persistent(); await Echo(socket); }
        });
        app.Run();

        static async Task Echo(WebSocket socket)
        {
            At.Persistent();
            while (true)
            {
                var result = await socket.ReceiveAsync(new byte[10], default);
                At.Persistent();
                if (result.MessageType == WebSocketMessageType.Close) { break; }
            }
        }
        """);

    [Fact]
    public Task Timers_and_events() => ContextTest.Library("""
        public class Bus { public event EventHandler? Changed; public static event EventHandler? Global; public void Raise() { Changed?.Invoke(this, EventArgs.Empty); Global?.Invoke(this, EventArgs.Empty); } }
        public class Plain { public event EventHandler? Changed; public void Raise() => Changed?.Invoke(this, EventArgs.Empty); }

        public class Listener
        {
            public static void Register(IServiceCollection services) { services.AddSingleton<Bus>(); }

            public void Listen(Bus bus, Plain plain, System.Timers.Timer timer)
            {
                bus.Changed += (sender, e) => At.Persistent();
                bus.Changed += OnChanged;
                Bus.Global += (sender, e) => At.Persistent();
                plain.Changed += (sender, e) => At.Unknown();
                timer.Elapsed += (sender, e) => At.Persistent();
                timer.Elapsed += OnElapsed;
                using var other = new Timer(state => At.Persistent());
                AppDomain.CurrentDomain.ProcessExit += (sender, e) => At.StartUp();
            }

            private void OnChanged(object? sender, EventArgs e) => At.Persistent();
            private void OnElapsed(object? sender, System.Timers.ElapsedEventArgs e) => At.Persistent();
        }
        """);

    [Fact]
    public Task The_attribute() => ContextTest.Library("""
        using LifetimeAnalyzers;

        public class Engine
        {
            [PersistentServer] public void Serve() { At.Persistent(); Helper(); }
            private void Helper() => At.Persistent();
        }

        [PersistentServer] public abstract class Actor { public abstract void Receive(); }
        public class Mine : Actor { public override void Receive() => At.Persistent(); private int Count => At.Persistent(); public static int Of() => At.Persistent(); }

        [PersistentServer] public interface IPump { void Turn(); }
        public class Pump : IPump { public void Turn() => At.Persistent(); public void Other() => At.Unknown(); }
        """);

    [Fact]
    public Task A_loop_inside_a_handler_that_ends_with_the_connection() => ContextTest.Library("""
        public class Events : ControllerBase
        {
            public async Task Stream()
            {
                while (!HttpContext.RequestAborted.IsCancellationRequested) { At.Persistent(); await Task.Delay(1000); }
            }
        }
        """);

    [Fact]
    public Task Waiting_loops_that_are_left_when_their_source_dries_up() => ContextTest.Library("""
        using System.Net.Sockets;
        using System.Threading.Channels;

        public class Waiting
        {
            public async Task Channel(ChannelReader<int> reader) { while (true) { if (!await reader.WaitToReadAsync()) { break; } At.Persistent(); } }
            public async Task Timer(PeriodicTimer timer) { for (;;) { if (!await timer.WaitForNextTickAsync()) return; At.Persistent(); } }
            public async Task Parallelly(ChannelReader<int> reader) => await Parallel.ForEachAsync(reader.ReadAllAsync(), async (item, token) => { await Task.Yield(); At.Persistent(); });
            public void Begin(Socket socket) => socket.BeginAccept(Accepted, null);
            private void Accepted(IAsyncResult result) => At.Persistent();
            public void Nested() { while (true) { Thread.Sleep(1); foreach (int x in new[] { 1 }) { if (x == 2) { break; } At.Persistent(); } } }
        }
        """);

    [Fact]
    public async Task The_loop_is_named_and_handed_out_with_its_body()
    {
        IReadOnlyList<ExecutionContext> found = await new ContextTest().Run("""
            public class Worker
            {
                public void Run()
                {
                    while (true)
                    {
                        At.Persistent();
                    }
                }
            }
            """);

        Assert.Equal("the endless loop on line 5", found[0].Reason);
        Assert.Equal(4, found[0].Loop!.KeywordLocation.GetLineSpan().StartLinePosition.Line);
        Assert.Contains("At.Persistent()", found[0].Loop!.Body.ToString(), StringComparison.Ordinal);
    }
}
