using static LifetimeAnalyzers.Tests.Requests.WebSource;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>LIFE013 in middleware, which the pipeline makes once and never disposes of.</summary>
public class MiddlewareFieldTests
{
    [Fact]
    public Task What_the_constructor_takes_lives_as_long_as_the_process() => InFile("""
        public sealed class Counting(RequestDelegate next)
        {
            private readonly nint _counts = Marshal.AllocHGlobal(1000);

            public Task InvokeAsync(HttpContext context)
            {
                Marshal.WriteByte(_counts, 1);
                return next(context);
            }
        }
        """);

    [Fact]
    public Task What_a_request_takes_Triggers() => InFile("""
        public sealed class Keeping
        {
            private readonly RequestDelegate _next;
            private nint _last;

            public Keeping(RequestDelegate next) => _next = next;

            public Task InvokeAsync(HttpContext context)
            {
                _last = {|LIFE013:Marshal.AllocHGlobal(1000)|};
                return _next(context);
            }
        }
        """);

    [Fact]
    public Task Another_class_Triggers() => InFile("""
        public sealed class Other
        {
            private readonly nint _counts = {|LIFE013:Marshal.AllocHGlobal(1000)|};

            public Task InvokeAsync(HttpContext context)
            {
                Marshal.WriteByte(_counts, 1);
                return Task.CompletedTask;
            }
        }
        """);
}
