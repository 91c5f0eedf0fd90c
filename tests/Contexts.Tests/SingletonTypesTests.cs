using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Contexts.Tests;

public sealed class SingletonTypesTests
{
    [Theory]
    [InlineData("services.AddSingleton<T>();", "Singleton")]
    [InlineData("services.AddSingleton<I, T>();", "Singleton")]
    [InlineData("services.AddSingleton(typeof(I), typeof(T));", "Singleton")]
    [InlineData("services.AddSingleton<I>(new T());", "Singleton")]
    [InlineData("services.AddSingleton<I>(provider => new T());", "Singleton")]
    [InlineData("services.AddSingleton<I>(provider => { return new T(); });", "Singleton")]
    [InlineData("services.TryAddSingleton<I, T>();", "Singleton")]
    [InlineData("services.AddKeyedSingleton<I, T>(\"key\");", "Singleton")]
    [InlineData("services.Add(ServiceDescriptor.Singleton<I, T>());", "Singleton")]
    [InlineData("services.AddScoped<I, T>();", "Request")]
    [InlineData("services.AddTransient<T>();", "Request")]
    [InlineData("services.AddScoped<T>(); services.AddSingleton<T>();", "Unknown")]
    [InlineData("services.AddSingleton<Other>();", "Unknown")]
    [InlineData("Registry.AddSingleton<T>();", "Unknown")]
    public async Task By_registration(string registration, string expected) => Assert.Equal(expected, (await Lifetime($$"""
        using Microsoft.Extensions.DependencyInjection.Extensions;
        public interface I { } public class T : I { } public class Other { }
        public static class Registry { public static void AddSingleton<X>() { } }
        public static class Setup { public static void Add(IServiceCollection services) { {{registration}} } }
        """)).ToString());

    [Theory]
    [InlineData("public class T : BackgroundService { protected override Task ExecuteAsync(CancellationToken token) => Task.CompletedTask; }", "Singleton")]
    [InlineData("public class T { public T(RequestDelegate next) { } public Task Invoke(HttpContext context) => Task.CompletedTask; }", "Singleton")]
    [InlineData("public class T { private static readonly T instance = new(); private T() { } public static T Instance => instance; }", "Singleton")]
    [InlineData("public class T : ControllerBase { }", "Request")]
    [InlineData("public class T : Microsoft.AspNetCore.SignalR.Hub { }", "Request")]
    [InlineData("public class T { public static T Default { get; } = new(); }", "Unknown")]
    [InlineData("public class T { private T() { } public static T Create() => new(); }", "Unknown")]
    [InlineData("public class T { }", "Unknown")]
    public async Task By_what_it_is(string source, string expected) => Assert.Equal(expected, (await Lifetime(source)).ToString());

    private static async Task<InstanceLifetime> Lifetime(string source)
    {
        CSharpCompilation compilation = await new ContextTest().Compile(source);
        var resolver = ContextResolver.Create(compilation, new AnalyzerOptions([]));
        return resolver.Lifetimes.Of(compilation.GetTypeByMetadataName("T"), CancellationToken.None);
    }
}
