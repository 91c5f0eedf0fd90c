namespace LifetimeAnalyzers.Contexts.Tests;

/// <summary>Frameworks outside of ASP.NET Core: their types are declared here by name.</summary>
public sealed class FrameworkTests
{
    private const string Grpc = """
        namespace Grpc.Core
        {
            public class BindServiceMethodAttribute : Attribute { public BindServiceMethodAttribute(Type type, string name) { } }
            public abstract class ServerCallContext { }
            public interface IAsyncStreamReader<T> { T Current { get; } Task<bool> MoveNext(CancellationToken token); }
            public interface IServerStreamWriter<T> { Task WriteAsync(T item); }
            public static class AsyncStreamReaderExtensions { public static IAsyncEnumerable<T> ReadAllAsync<T>(this IAsyncStreamReader<T> reader) => throw null!; }
        }

        [Grpc.Core.BindServiceMethod(typeof(Generated), "Bind")]
        public abstract class Generated
        {
            public virtual Task<int> Unary(int request, Grpc.Core.ServerCallContext context) => throw null!;
            public virtual Task Server(int request, Grpc.Core.IServerStreamWriter<int> responses, Grpc.Core.ServerCallContext context) => throw null!;
            public virtual Task<int> Client(Grpc.Core.IAsyncStreamReader<int> requests, Grpc.Core.ServerCallContext context) => throw null!;
            public virtual Task Duplex(Grpc.Core.IAsyncStreamReader<int> requests, Grpc.Core.IServerStreamWriter<int> responses, Grpc.Core.ServerCallContext context) => throw null!;
        }
        """;

    [Fact]
    public Task Grpc_methods_and_their_streams() => new ContextTest().Run(Grpc, """
        using Grpc.Core;

        public class Service : Generated
        {
            public override Task<int> Unary(int request, ServerCallContext context) { At.Request(); return Task.FromResult(0); }

            public override async Task Server(int request, IServerStreamWriter<int> responses, ServerCallContext context)
            {
                for (int i = 0; i < request; i++) { await responses.WriteAsync(At.Request()); }
            }

            public override async Task<int> Client(IAsyncStreamReader<int> requests, ServerCallContext context)
            {
                At.Request();
                await foreach (int request in requests.ReadAllAsync()) { At.Persistent(); }
                return At.Request();
            }

            public override async Task Duplex(IAsyncStreamReader<int> requests, IServerStreamWriter<int> responses, ServerCallContext context)
            {
                while (await requests.MoveNext(default)) { await responses.WriteAsync(At.Persistent()); Helper(); }
            }

            private void Helper() => At.Persistent();
        }
        """);

    [Theory]
    [InlineData("namespace Microsoft.Azure.Functions.Worker { public class FunctionAttribute : Attribute { public FunctionAttribute(string name) { } } }", "public class F { [Microsoft.Azure.Functions.Worker.Function(\"f\")] public void Run() => At.Request(); public void Other() => At.Unknown(); }")]
    [InlineData("namespace Microsoft.Azure.WebJobs { public class FunctionNameAttribute : Attribute { public FunctionNameAttribute(string name) { } } }", "public static class F { [Microsoft.Azure.WebJobs.FunctionName(\"f\")] public static void Run() => At.Request(); }")]
    [InlineData("namespace CoreWCF { public class OperationContractAttribute : Attribute { } }", "public interface IS { [CoreWCF.OperationContract] int Add(); int Other(); } public class S : IS { public int Add() => At.Request(); public int Other() => At.Unknown(); }")]
    [InlineData("namespace System.ServiceModel { public class OperationContractAttribute : Attribute { } }", "public interface IS { [System.ServiceModel.OperationContract] int Add(); } public class S : IS { int IS.Add() => At.Request(); }")]
    [InlineData("namespace MediatR { public interface IRequestHandler<in T, R> { Task<R> Handle(T request, CancellationToken token); } }", "public class H : MediatR.IRequestHandler<int, int> { public H() => At.Request(); public Task<int> Handle(int request, CancellationToken token) => Task.FromResult(At.Request()); public void Other() => At.Unknown(); }")]
    [InlineData("namespace MassTransit { public interface IConsumer<in T> { Task Consume(T context); } }", "public class C : MassTransit.IConsumer<int> { public Task Consume(int context) => Task.FromResult(At.Request()); }")]
    [InlineData("namespace FastEndpoints { public abstract class BaseEndpoint { public virtual void Configure() { } } public abstract class Endpoint<T> : BaseEndpoint { public virtual Task HandleAsync(T request, CancellationToken token) => Task.CompletedTask; } }", "public class E : FastEndpoints.Endpoint<int> { public override void Configure() => At.Unknown(); public override Task HandleAsync(int request, CancellationToken token) => Task.FromResult(At.Request()); }")]
    [InlineData("namespace NServiceBus { public interface IHandleMessages<T> { Task Handle(T message, object context); } }", "public class H : NServiceBus.IHandleMessages<int> { public Task Handle(int message, object context) => Task.FromResult(At.Request()); }")]
    [InlineData("namespace Quartz { public interface IJob { Task Execute(object context); } }", "public class J : Quartz.IJob { public Task Execute(object context) => Task.FromResult(At.Request()); }")]
    [InlineData("namespace Hangfire { public static class BackgroundJob { public static string Enqueue(System.Linq.Expressions.Expression<Action> call) => \"\"; } }", "public class J { public void Plan() => Hangfire.BackgroundJob.Enqueue(() => Work()); private void Work() => At.Request(); }")]
    [InlineData("namespace Orleans { public interface IAddressable { } public interface IGrain : IAddressable { } public abstract class Grain { } }", "public interface IMine : Orleans.IGrain { Task Do(); } public class G : Orleans.Grain, IMine { public Task Do() => Task.FromResult(At.Request()); public void Other() => At.Unknown(); }")]
    [InlineData("namespace Amazon.Lambda.Core { public interface ILambdaContext { } }", "public class F { public string Handle(string input, Amazon.Lambda.Core.ILambdaContext context) => input + At.Request(); }")]
    [InlineData("namespace System.Web.Http { public abstract class ApiController { } }", "public class V : System.Web.Http.ApiController { public int Get() => At.Request(); private int Unused() => At.Unknown(); }")]
    public Task By_name(string framework, string source) => new ContextTest().Run(framework, source);

    [Theory]
    [InlineData("public interface IRequestHandler<in T, R> { Task<R> Handle(T request, CancellationToken token); }", "public class H : IRequestHandler<int, int> { public Task<int> Handle(int request, CancellationToken token) => Task.FromResult(At.Unknown()); }")]
    [InlineData("namespace Mine { public class FunctionAttribute : Attribute { public FunctionAttribute(string name) { } } }", "public class F { [Mine.Function(\"f\")] public void Run() => At.Unknown(); }")]
    [InlineData("namespace Mine { public abstract class Hub { } }", "public class H : Mine.Hub { public void Send() => At.Unknown(); }")]
    public Task Another_type_of_the_same_simple_name_is_none(string declaration, string source) => new ContextTest().Run(declaration, source);
}
