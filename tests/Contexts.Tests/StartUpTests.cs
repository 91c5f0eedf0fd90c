namespace LifetimeAnalyzers.Contexts.Tests;

public sealed class StartUpTests
{
    [Fact]
    public Task Top_level_statements() => ContextTest.Program("""
        using Microsoft.AspNetCore.Hosting;

        At.StartUp();
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(provider => At.StartUp().ToString());
        builder.Services.AddScoped(provider => new Random(At.Request()));
        builder.Services.AddTransient<Stopwatch>(provider => { At.Request(); return new(); });
        builder.Services.Configure<HostOptions>(options => At.Unknown());
        builder.WebHost.ConfigureKestrel(options => At.StartUp());
        foreach (string name in args) { At.StartUp(); Prepare(); }
        builder.Build().Run();

        void Prepare() => At.StartUp();
        class Stopwatch { }
        """);

    [Fact]
    public Task Main_and_what_only_it_calls() => ContextTest.Program("""
        public static class Program
        {
            private static readonly int Field = At.StartUp();
            private static int Property { get; } = At.StartUp();
            static Program() => At.StartUp();
            public static async Task Main(string[] args) { At.StartUp(); await LoadAsync(); args.Select(arg => At.StartUp()).ToList(); }
            private static async Task LoadAsync() { await Task.Yield(); At.StartUp(); new Table(); }
            [System.Runtime.CompilerServices.ModuleInitializer] internal static void Initialize() => At.StartUp();
        }

        internal class Table { private readonly int rows = At.StartUp(); public Table() => At.StartUp(); }
        """);

    [Fact]
    public Task The_configuration_of_services() => ContextTest.Library("""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) { At.StartUp(); services.AddSingleton<Cache>(); services.AddHostedService<Pump>(); services.AddSingleton<ICounter, Counter>(); }
            public void Configure(IApplicationBuilder app) => At.StartUp();
        }

        public static class Extensions
        {
            public static IServiceCollection AddMine(this IServiceCollection services) { At.StartUp(); return services.AddSingleton<IClock>(new Clock()); }
            public static IHostBuilder UseMine(this IHostBuilder builder) { At.StartUp(); return builder; }
        }

        public class Filter : Microsoft.AspNetCore.Hosting.IStartupFilter { public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) { At.StartUp(); return app => { At.StartUp(); next(app); }; } }

        public class Cache { private readonly int size = At.StartUp(); public Cache() => At.StartUp(); public int Get() => At.Unknown(); }
        public interface ICounter { } public class Counter : ICounter { public Counter() => At.StartUp(); }
        public interface IClock { } public class Clock : IClock { public Clock() => At.StartUp(); }
        public class Pump : IHostedService { public Task StartAsync(CancellationToken token) { At.StartUp(); return Task.CompletedTask; } public Task StopAsync(CancellationToken token) => Task.CompletedTask; }
        public sealed class Only { public static readonly Only Instance = new(); private Only() => At.StartUp(); }
        public class NotRegistered { public NotRegistered() => At.Unknown(); }
        """);

    [Fact]
    public Task A_public_helper_of_a_library_may_be_called_by_anybody() => ContextTest.Library("""
        public static class Setup
        {
            static Setup() { Public(); Internal(); }
            public static void Public() => At.Unknown();
            internal static void Internal() => At.StartUp();
        }
        """);

    [Fact]
    public Task What_a_start_hands_to_a_stranger_may_run_at_any_time() => ContextTest.Program("""
        Broker.Subscribe(message => At.Unknown());
        Console.CancelKeyPress += (sender, e) => At.StartUp();
        static class Broker { private static Action<string>? handler; public static void Subscribe(Action<string> action) => handler = action; }
        """);
}
