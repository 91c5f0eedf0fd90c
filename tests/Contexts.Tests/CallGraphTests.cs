namespace LifetimeAnalyzers.Contexts.Tests;

public sealed class CallGraphTests
{
    [Fact]
    public async Task Through_helpers_and_what_the_message_says()
    {
        IReadOnlyList<ExecutionContext> found = await new ContextTest().Run("""
            public class ImageController : ControllerBase
            {
                public void Resize() { At.Request(); Pipeline.Run(); }
            }

            internal static class Pipeline
            {
                public static void Run() { new Stage().Do(); }
            }

            internal class Stage
            {
                public Stage() => At.Request();
                public void Do() { Inner(); void Inner() { Deep(); } }
                private static void Deep() => At.Request();
            }
            """);

        Assert.Equal("the controller action 'Resize'", found[0].Reason);
        Assert.Equal("'Deep', reached from the controller action 'Resize'", found[2].Reason);
    }

    [Fact]
    public Task Through_lambdas_tasks_properties_and_virtual_calls() => ContextTest.Library("""
        public interface IStore { void Put(); }
        internal class Store : IStore { public void Put() => At.Request(); }
        internal class Explicit : IStore { void IStore.Put() => At.Request(); }
        internal abstract class Shape { public abstract void Draw(); }
        internal class Circle : Shape { public override void Draw() => At.Request(); }
        internal static class Extensions { public static int Twice(this int x) => At.Request(); }

        internal class ShopController2 : ControllerBase2
        {
            private readonly IStore store = new Store();
            private readonly Shape shape = new Circle();
            private int Cost => At.Request();
            private int Price { get => At.Request(); set => At.Request(); }

            public override async Task Index()
            {
                store.Put();
                shape.Draw();
                int[] all = { 1, 2 };
                var list = all.Select(x => At.Request() + Each(x)).Select(Each).ToList();
                await Task.Run(() => At.Request());
                _ = Task.Run(Background);
                await Parallel.ForEachAsync(all, async (x, token) => { await Task.Yield(); At.Request(); });
                Price = Cost;
                1.Twice();
                Func<int> local = () => At.Request();
                local();
                Retry(() => At.Request());
                new Thread(() => At.Request()).Start();
                lock (this) { At.Request(); }
                var query = from x in all where At.Request() == x select At.Request();
            }

            private static int Each(int x) => At.Request();
            private void Background() => At.Request();
            private static void Retry(Func<int> action) { At.Request(); action(); }
        }

        [LifetimeAnalyzers.RequestHandler] internal abstract class ControllerBase2 { public abstract Task Index(); }
        """);

    [Fact]
    public Task The_gravest_of_the_nearest_callers_counts() => ContextTest.Program("""
        var app = WebApplication.CreateBuilder(args).Build();
        Shared.Warm();
        app.MapGet("/", () => Shared.Warm() + Shared.Grave());
        app.Run();

        class Worker : BackgroundService { protected override async Task ExecuteAsync(CancellationToken token) { while (!token.IsCancellationRequested) { await Task.Delay(1); Shared.Grave(); } } }
        static class Shared { public static int Warm() => At.Request(); public static int Grave() => At.Persistent(); }
        """);

    [Fact]
    public Task A_near_caller_tells_more_than_a_far_one() => ContextTest.Library("""
        public class NearController : ControllerBase { public void Go() => Shared.Work(); }
        internal class Far : BackgroundService { protected override async Task ExecuteAsync(CancellationToken token) { while (!token.IsCancellationRequested) { await Task.Delay(1); Between(); } } private void Between() => Shared.Work(); }
        internal static class Shared { public static int Work() => At.Request(); }
        """);

    [Fact]
    public async Task A_line_in_another_file_is_named_with_it()
    {
        IReadOnlyList<ExecutionContext> found = await new ContextTest().Run(
            "internal static class Helper { public static int Work() => At.Persistent(); }",
            "internal class Loop { public void Run() { while (true) { Helper.Work(); } } }",
            "internal class Near { public void Run() { while (true) { Work(); } } private static int Work() => At.Persistent(); }");

        Assert.Equal("'Work', called from the endless loop on line 1 of Test1.cs", found[0].Reason);
        Assert.Equal("'Work', called from the endless loop on line 1", found[1].Reason);
        Assert.Equal("/Test1.cs", found[0].Origin!.GetLineSpan().Path);
    }

    [Fact]
    public Task Every_way_to_run_a_body() => ContextTest.Library("""
        internal class Parts
        {
            private readonly int field = At.Request();
            internal int Auto { get; } = At.Request();
            public Parts(int x) : this() => At.Request();
            public Parts() { }
            public int Expression => At.Request();
            public int Accessor { get { return At.Request(); } init { At.Request(); } }
            public async Task<int> Async() { await Task.Yield(); return At.Request(); }
            public IEnumerable<int> Iterator() { yield return At.Request(); }
            public async IAsyncEnumerable<int> Stream() { await Task.Yield(); yield return At.Request(); }
            public static T Generic<T>(T x) { At.Request(); return x; }
            public void Params(params int[] x) => At.Request();
            public void Optional(int x = 1, int y = 2) => At.Request();
            public static void Handler(int x) => At.Request();
            public static async Task Left() { await Task.Yield(); At.Request(); }
            ~Parts() => At.Unknown();
        }

        internal record Row(int X) { public int Y { get; } = At.Request(); }
        internal class Wrapped { private readonly int y = At.Request(); public Wrapped(int x) { } }

        public class AllController : ControllerBase
        {
            public async Task Go()
            {
                Parts parts = new(1) { Accessor = 2 };
                _ = parts.Expression + parts.Accessor;
                await parts.Async();
                foreach (int i in parts.Iterator()) { }
                await foreach (int i in parts.Stream()) { }
                Parts.Generic<int>(1);
                parts?.Params(1, 2, 3);
                parts!.Optional(y: 3);
                Array.ForEach(new[] { 1 }, Parts.Handler);
                _ = Parts.Left();
                _ = new Row(1);
                Wrapped wrapped = new(3);
                Action<int> chosen = parts == null ? Later : Parts.Handler;
                chosen(1);
                static void Later(int x) => At.Request();
                using var timer = new CancellationTokenSource(5);
                timer.Token.Register(() => At.Request());
                var table = new Dictionary<string, Func<int>> { ["a"] = () => At.Request() };
                (int, Func<int>) pair = (1, () => At.Request());
                int Switch(int x) => x switch { 1 => At.Request(), _ => 0 };
                Switch(1);
            }
        }
        """);

    [Fact]
    public Task Handlers_that_are_kept_in_fields_and_properties() => ContextTest.Library("""
        public class FieldController : ControllerBase
        {
            private static readonly Func<int> Made = () => At.Request();
            private readonly Action later;
            private static readonly Lazy<int> Once = new(() => At.StartUp());
            public FieldController() => later = () => At.Request();
            private Func<int> Property { get; } = () => At.Request();
            public void Go() { Made(); later.Invoke(); Property(); _ = Once.Value; }
        }
        """);

    [Fact]
    public Task Recursion_and_cycles() => ContextTest.Library("""
        public class TreeController : ControllerBase { public int Walk() => Even(10); private int Even(int n) => n == 0 ? At.Request() : Odd(n - 1); private int Odd(int n) => n == 0 ? At.Request() : Even(n - 1); }
        internal static class Lonely { private static void A() { At.Unknown(); B(); } private static void B() => A(); }
        """);

    [Fact]
    public Task A_long_chain_of_helpers() => ContextTest.Library(
        "public class LongController : ControllerBase { public void Go() => Chain.M0(); }\ninternal static class Chain {\n" +
        string.Concat(Enumerable.Range(0, 60).Select(i => $"public static void M{i}() => M{i + 1}();\n")) +
        "public static void M60() => At.Request(); }");

    [Fact]
    public Task A_name_in_comments_strings_and_nameof_is_no_call() => ContextTest.Library("""
        public class NoteController : ControllerBase
        {
            /// <summary><see cref="Helper"/></summary>
            public string Get() => nameof(Helper) + "Helper(); \u0048elper"; // Helper()
            private void Helper() => At.Unknown();
        }
        """);

    [Fact]
    public Task The_hosting_model_turns_requests_into_one_long_life() => new ContextTest().With("hosting_model", "persistent").Run("""
        public class HomeController : ControllerBase { public void Index() { At.Persistent(); Helper(); } private void Helper() => At.Persistent(); }
        public static class Setup { public static void Map(WebApplication app) { At.StartUp(); app.MapGet("/", () => At.Persistent()); } }
        """);

    [Fact]
    public Task Configured_handlers_and_servers() => new ContextTest()
        .With("request_handlers", "Mine.IHandler`1, Mine.Endpoint, Mine.Router.Dispatch*, Mine.CommandAttribute")
        .With("persistent_servers", "T:Mine.Actor, M:Mine.Server.Serve")
        .Run("""
            namespace Mine
            {
                public interface IHandler<T> { void Handle(T message); }
                public class Handler : IHandler<int> { public void Handle(int message) => At.Request(); public void Other() => At.Unknown(); }
                public abstract class Endpoint { public virtual void Go() { } }
                public class Upload : Endpoint { public override void Go() => At.Request(); public void Also() => At.Request(); private void Hidden() => At.Unknown(); }
                public class Router { public void DispatchAll() { At.Request(); } public void Add() { At.Unknown(); } }
                public class CommandAttribute : Attribute { }
                public class Commands { [Command] internal void Save() => At.Request(); public void Other() => At.Unknown(); }
                [Command] public class Others { public void Save() => At.Request(); }
                public class Actor { public void Receive() => At.Persistent(); }
                public class Server { public static void Serve() => At.Persistent(); public static void Other() => At.Unknown(); }
            }
            """);

    [Fact]
    public Task The_attribute_on_a_method_a_class_and_an_interface() => ContextTest.Library("""
        using LifetimeAnalyzers;

        public class One { [RequestHandler] public void Handle() { At.Request(); Helper(); } private void Helper() => At.Request(); public void Other() => At.Unknown(); }
        [RequestHandler] public class All { public void Handle() => At.Request(); public static int Read() => At.Request(); public int Size => At.Request(); }
        [RequestHandler] public interface ICommand { void Run(); }
        public class Save : ICommand { void ICommand.Run() => At.Request(); public void Other() => At.Unknown(); }
        public abstract class Base { [RequestHandler] protected abstract void Serve(); }
        public class Derived : Base { protected override void Serve() => At.Request(); }
        [Mine.RequestHandler] public class Foreign { public void Handle() => At.Unknown(); }
        namespace Mine { public class RequestHandlerAttribute : Attribute { } }
        """);

    [Fact]
    public Task A_request_scope_begun_by_hand() => ContextTest.Program("""
        using LifetimeAnalyzers;

        class Worker : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken token)
            {
                using var outside = RequestScope.Begin();
                while (!token.IsCancellationRequested)
                {
                    At.Persistent();
                    using (RequestScope.Begin()) { At.Request(); Helper(); }
                    using var scope = RequestScope.Begin();
                    At.Request();
                    await Task.Delay(1);
                }
            }

            private static void Helper() => At.Request();
        }

        static class Program
        {
            static void Main()
            {
                for (int i = 0; i < 20; i++) { using var scope = RequestScope.Begin(); At.Request(); Serve(); }
                using (RequestScope.Begin()) { At.StartUp(); }
                using var server = RequestScope.BeginPersistent();
                At.Persistent();
            }

            static void Serve() => At.Request();
        }
        """);
}
