using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using static LifetimeAnalyzers.Tests.Requests.WebSource;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>What the request rules say, and what they point at.</summary>
public class RequestMessageTests
{
    [Fact]
    public Task Growth_is_named_when_the_size_is_a_constant() => InController("""
        [HttpGet("/a")]
        public string Get()
        {
            nint block = {|#0:Marshal.AllocHGlobal(3 * 1024)|};
            return block.ToString();
        }
        """,
        new DiagnosticResult("LIFE001", DiagnosticSeverity.Warning).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithMessage(
            "'block' (Marshal.AllocHGlobal) is allocated for the life of the process in the controller action 'Get' and is never freed, so the process grows by 3 KiB a request; take it from the request with Heap.Emalloc, or call Marshal.FreeHGlobal"));

    [Fact]
    public Task Static_field_is_named_and_the_value_that_is_stored_is_shown() => InController("""
        private static nint s_last;

        [HttpGet("/a")]
        public void Get(int size)
        {
            nint block = {|#0:Heap.Emalloc(size)|};
            s_last = {|#1:block|};
        }
        """,
        new DiagnosticResult("LIFE010", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(0).WithLocation(1).WithMessage(
            "'block' (Heap.Emalloc) is stored in the static field 's_last', which outlives the request; take what outlives the request with Heap.Malloc, or let a copy leave"));

    [Fact]
    public Task Scope_is_named() => InController("""
        [HttpGet("/a")]
        public void Get()
        {
            var scope = {|#0:RequestScope.Begin()|};
        }
        """,
        new DiagnosticResult("LIFE012", DiagnosticSeverity.Warning).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithMessage(
            "The request scope 'scope' is begun and never ended; end it with 'using' or 'await using'"));
}
