namespace LifetimeAnalyzers.Contexts.Tests;

/// <summary>Contexts in the newest C#: only for compilers that read it.</summary>
public sealed class NewSyntaxTests
{
    [Fact]
    public Task Primary_constructors() => ContextTest.Library("""
        public class Timing(RequestDelegate next)
        {
            private readonly int once = At.StartUp();
            public async Task InvokeAsync(HttpContext context) { At.Request(); await next(context); }
        }

        public class PrimaryController(IStore store) : ControllerBase { private readonly int x = At.Request(); public void Go() => store.Put(); }
        public interface IStore { void Put(); }
        internal class Store(int size) : IStore { private readonly int y = At.Unknown() + size; public void Put() => At.Request(); }
        """);

    [Fact]
    public Task Extension_blocks() => ContextTest.Library("""
        public class BlockController : ControllerBase { public void Go() { 1.Twice(); _ = 1.Half; } }
        internal static class Blocks { extension(int number) { public int Twice() => At.Request() + number; public int Half => At.Request() / number; } }
        """);

    [Fact]
    public Task Collection_expressions_and_file_types() => ContextTest.Library("""
        public class NewController : ControllerBase { public void Go() { List<Func<int>> all = [() => At.Request(), Make]; Hidden.Do(); int Make() => At.Request(); } }
        file static class Hidden { public static void Do() => At.Request(); }
        """);
}
