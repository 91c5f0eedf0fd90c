using static LifetimeAnalyzers.Tests.Requests.WebSource;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>LIFE012: a request scope ends once, on every path, after its last use.</summary>
public class ScopeNotEndedTests
{
    [Fact]
    public Task Scope_that_is_never_ended_Triggers() => InFile("""
        class C
        {
            public void M()
            {
                var scope = {|LIFE012:RequestScope.Begin()|};
                scope.Efree(scope.Emalloc(10));
            }
        }
        """);

    [Fact]
    public Task Scope_that_is_not_kept_Triggers() => InFile("""
        class C
        {
            public void M()
            {
                {|LIFE012:RequestScope.Begin()|};
            }
        }
        """);

    [Fact]
    public Task Early_return_Triggers() => InFile("""
        class C
        {
            public void M(bool early)
            {
                var scope = {|LIFE012:RequestScope.Begin()|};
                if (early)
                {
                    return;
                }

                scope.Dispose();
            }
        }
        """);

    [Fact]
    public Task Exception_in_a_handler_Triggers() => InController("""
        [HttpGet("/a")]
        public void Get()
        {
            var scope = {|LIFE012:RequestScope.Begin()|};
            MayThrow();
            scope.Dispose();
        }
        """);

    [Fact]
    public Task Scope_that_is_ended_twice_Triggers() => InFile("""
        class C
        {
            public void M()
            {
                var scope = RequestScope.Begin();
                scope.Dispose();
                {|LIFE012:scope.Dispose()|};
            }
        }
        """);

    [Fact]
    public Task Use_after_the_end_Triggers() => InFile("""
        class C
        {
            public nint M()
            {
                var scope = RequestScope.Begin();
                scope.Dispose();
                return {|LIFE012:scope.Emalloc(10)|};
            }
        }
        """);

    [Fact]
    public Task Begun_in_an_asynchronous_helper_Triggers() => InFile("""
        class C
        {
            private async Task<RequestScope> OpenAsync()
            {
                await Task.Yield();
                return {|LIFE012:RequestScope.Begin()|};
            }

            public async Task M()
            {
                using var scope = await OpenAsync();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Statistics_after_the_end_DoNotTrigger() => InFile("""
        class C
        {
            public object M()
            {
                var scope = RequestScope.Begin();
                scope.Dispose();
                return scope.Statistics;
            }
        }
        """);

    [Fact]
    public Task Using_DoesNotTrigger() => InFile("""
        class C
        {
            public async Task M()
            {
                using (RequestScope.Begin())
                {
                    await Task.Yield();
                }

                await using var scope = RequestScope.Begin();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Finally_DoesNotTrigger() => InFile("""
        class C
        {
            public void M(Action work)
            {
                var scope = RequestScope.Begin();
                try
                {
                    work();
                }
                finally
                {
                    scope.Dispose();
                }
            }
        }
        """);

    [Fact]
    public Task Helper_that_hands_the_scope_out_DoesNotTrigger() => InFile("""
        class C
        {
            private RequestScope Open() => RequestScope.Begin();

            public void M()
            {
                using var scope = Open();
            }
        }
        """);

    [Fact]
    public Task Field_that_Dispose_ends_DoesNotTrigger() => InFile("""
        sealed class C : IDisposable
        {
            private readonly RequestScope _scope = RequestScope.Begin();
            public void Dispose() => _scope.Dispose();
        }
        """);

    [Fact]
    public Task Type_of_the_same_name_DoesNotTrigger() => InFile("""
        class C
        {
            public void M()
            {
                var scope = Other.RequestScope.Begin();
            }
        }

        namespace Other
        {
            class RequestScope
            {
                public static RequestScope Begin() => new();
                public void Dispose() { }
            }
        }
        """);
}
