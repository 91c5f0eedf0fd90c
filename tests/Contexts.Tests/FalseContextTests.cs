namespace LifetimeAnalyzers.Contexts.Tests;

public sealed class FalseContextTests
{
    [Fact]
    public Task A_class_merely_called_Controller_without_MVC() => new ContextTest { WithAspNetCore = false }.Run("""
        public class RobotController { public void Move() => At.Unknown(); }
        """);

    [Fact]
    public Task A_class_merely_called_Controller_in_a_program_that_does_not_set_MVC_up() => ContextTest.Program("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/", () => "hello");
        app.Run();

        public class RobotController { public void Move() => At.Unknown(); }
        """);

    [Fact]
    public Task Classes_that_MVC_would_not_take_for_controllers() => ContextTest.Library("""
        internal class HiddenController { [HttpGet("/")] public void Get() => At.Unknown(); }
        public abstract class BaseController { public void Get() => At.Unknown(); }
        public class GenericController<T> { public void Get() => At.Unknown(); }
        [NonController] public class RefusedController : ControllerBase { public void Get() => At.Unknown(); }
        public static class StaticController { public static void Get() => At.Unknown(); }
        public class Outer { public class InnerController { public void Get() => At.Unknown(); } }
        public class Controllers { public void Get() => At.Unknown(); }
        public interface IDevice { } public class DeviceController : IDevice { public void Turn() => At.Unknown(); }
        public class WorkController : List<int> { public void Turn() => At.Unknown(); }
        public class OnlyController { public void Turn() => At.Unknown(); public static void Register(IServiceCollection services) => services.AddSingleton<OnlyController>(); }
        """);

    [Fact]
    public Task Methods_of_a_controller_that_are_no_actions() => ContextTest.Library("""
        public class ShopController : ControllerBase
        {
            [NonAction] public void Reset() => At.Unknown();
            public static void Helper() => At.Unknown();
            private void Hidden() => At.Unknown();
            protected void Inherited() => At.Unknown();
            internal void Internal() => At.Unknown();
            public void Generic<T>() => At.Unknown();
            public int Property => At.Unknown();
            public override string ToString() => At.Unknown().ToString();
        }
        """);

    [Fact]
    public Task Loops_that_end() => ContextTest.Library("""
        using System.Collections.Concurrent;
        using System.Threading.Channels;

        public class Loops
        {
            private bool more = true;

            public void Count() { for (int i = 0; i < 10; i++) { At.Unknown(); } }
            public void Each(IEnumerable<int> items) { foreach (int item in items) { At.Unknown(); } }
            public async Task Rows(IAsyncEnumerable<int> rows) { await foreach (int row in rows) { At.Unknown(); } }
            public void Retry() { while (true) { try { At.Unknown(); return; } catch (IOException) { } } }
            public void Read(Stream stream, byte[] buffer) { while (true) { int n = stream.Read(buffer); At.Unknown(); if (n == 0) { break; } } }
            public void ReadWhile(Stream stream, byte[] buffer) { while (stream.Read(buffer) > 0) { At.Unknown(); } }
            public void Spin(ref int x) { while (true) { At.Unknown(); if (Interlocked.CompareExchange(ref x, 1, 0) == 0) { return; } } }
            public void Both(CancellationToken token, Queue<int> q) { while (!token.IsCancellationRequested && q.Count > 0) { At.Unknown(); } }
            public void Either(CancellationToken token, Queue<int> q) { while (true) { At.Unknown(); if (token.IsCancellationRequested || q.Count > 0) { break; } } }
            public void OwnFlag() { while (more) { At.Unknown(); more = DateTime.Now.Ticks > 1; Thread.Sleep(1); } }
            public void Jump() { while (true) { At.Unknown(); goto end; } end: ; }
            public void Timed() { using var source = new CancellationTokenSource(1000); while (!source.IsCancellationRequested) { At.Unknown(); } }
            public void TimedToken() { var source = new CancellationTokenSource(); source.CancelAfter(10); var token = source.Token; while (!token.IsCancellationRequested) { At.Unknown(); } }
            public IEnumerable<int> Lazy() { while (true) { yield return At.Unknown(); } }
            public async Task Parallel() { var channel = Channel.CreateUnbounded<int>(); await foreach (int item in channel.Reader.ReadAllAsync()) { At.Unknown(); } }
            public void LocalQueue() { var queue = new BlockingCollection<int>(); foreach (int item in queue.GetConsumingEnumerable()) { At.Unknown(); } }
            public void OutOfLoop() { while (true) { break; } At.Unknown(); }
            public void Initializer() { for (int i = At.Unknown(); ;) { } }
            public void Tokens(IEnumerator<int> e) { while (e.MoveNext()) { At.Unknown(); } }
            public void Function() { while (true) { Action f = () => { return; }; f(); break; } }
        }
        """);

    [Fact]
    public Task Loops_that_end_inside_a_handler_are_the_handlers() => ContextTest.Library("""
        public class Files : ControllerBase
        {
            public async Task Upload(CancellationToken token)
            {
                while (true) { int n = await Request.Body.ReadAsync(new byte[10], token); At.Request(); if (n == 0) { break; } }
                while (!token.IsCancellationRequested) { int n = await Request.Body.ReadAsync(new byte[10], token); At.Request(); if (n == 0) { return; } }
                var pipe = Request.BodyReader;
                while (true) { var r = await pipe.ReadAsync(token); At.Request(); if (r.IsCompleted) { break; } }
            }
        }
        """);

    [Fact]
    public Task Helpers_that_nobody_calls() => ContextTest.Library("""
        public static class Buffers { public static int Make() => At.Unknown(); private static int Hidden() => At.Unknown(); }
        public class Middleware { public Task InvokeAsync(string context) { At.Unknown(); return Task.CompletedTask; } }
        public class Page { public void OnGet() => At.Unknown(); }
        public class Startup { public void Configure(string text) => At.Unknown(); }
        public class Worker { protected Task ExecuteAsync(CancellationToken token) { At.Unknown(); return Task.CompletedTask; } }
        """);

    [Fact]
    public Task Waiting_loops_that_return_what_they_waited_for() => ContextTest.Library("""
        using System.Net.Sockets;
        using System.Net.WebSockets;

        public class Waiting
        {
            public async Task<Socket> Accept(Socket listener) { while (true) { try { At.Unknown(); return await listener.AcceptAsync(); } catch (SocketException) { } } }
            public async Task Message(WebSocket socket) { while (true) { var r = await socket.ReceiveAsync(new byte[1], default); At.Unknown(); if (r.EndOfMessage) { break; } } }
            public async Task Until(WebSocket socket) { WebSocketReceiveResult r; do { r = await socket.ReceiveAsync(new byte[1], default); At.Unknown(); } while (!r.EndOfMessage); }
            public async Task Poll(PeriodicTimer timer, Func<bool> done) { while (true) { await timer.WaitForNextTickAsync(); At.Unknown(); if (done()) { break; } } }
        }
        """);

    [Fact]
    public Task Code_that_does_not_compile_is_no_reason_to_fail() => new ContextTest { AllowErrors = true }.Run("""
        public class C : Missing.Base<int>, IMissing
        {
            public void M() { At.Unknown(); while (missing.Open) { At.Unknown(); } 
                missing.Map("/", () => At.Unknown());
                Nowhere += () => At.Unknown(); }
            public override Task ExecuteAsync() { At.Unknown(); await foreach (var x in Missing()) { At.Unknown(); } }
            [Missing] public void N( { for (;; } At.Unknown(); 
        }
        """);

    [Fact]
    public Task Deep_nesting_is_walked_and_not_recursed_into() => ContextTest.Library(
        "public class Deep { public int Sum(int a) => a" + string.Concat(Enumerable.Repeat(" + a", 1500)) + " + At.Unknown();\n" +
        "public void Blocks() { " + string.Concat(Enumerable.Repeat("{", 200)) + " At.Unknown(); " + string.Concat(Enumerable.Repeat("}", 200)) + " } }");
}
