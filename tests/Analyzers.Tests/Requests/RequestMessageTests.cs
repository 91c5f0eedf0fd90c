using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Testing;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>What the request rules say, and what they point at.</summary>
public class RequestMessageTests
{
    [Fact]
    public Task Growth_is_named_when_the_size_is_a_constant() => InHandler(
        "nint block = {|#0:System.Runtime.InteropServices.Marshal.AllocHGlobal(3 * 1024)|}; return block.ToString();",
        new DiagnosticResult("LIFE001", DiagnosticSeverity.Warning).WithLocation(0).WithMessage(
            "'block' (Marshal.AllocHGlobal) is allocated for the life of the process in the controller action 'Get' and is never freed, so the process grows by 3 KiB a request; take it from the request with Heap.Emalloc, or call Marshal.FreeHGlobal"));

    [Fact]
    public Task Static_field_is_named() => InHandler(
        "nint block = {|#0:Heap.Emalloc(size)|}; s_last = block; return null;",
        new DiagnosticResult("LIFE010", DiagnosticSeverity.Warning).WithLocation(0).WithMessage(
            "'block' (Heap.Emalloc) is stored in the static field 's_last', which outlives the request; take what outlives the request with Heap.Malloc, or let a copy leave"));

    [Fact]
    public Task Scope_is_named() => InHandler(
        "var scope = {|#0:RequestScope.Begin()|}; return null;",
        new DiagnosticResult("LIFE012", DiagnosticSeverity.Warning).WithLocation(0).WithMessage(
            "The request scope 'scope' is begun and never ended; end it with 'using' or 'await using'"));

    private static Task InHandler(string body, DiagnosticResult expected)
    {
        var test = new MessageTest("using LifetimeAnalyzers; using Microsoft.AspNetCore.Mvc; [ApiController] public class FilesController : ControllerBase { static nint s_last; [HttpGet(\"/a\")] public string? Get(int size) { " + body + " } }");
        test.ExpectedDiagnostics.Add(expected);
        return test.VerifyAsync();
    }

    private sealed class MessageTest(string source) : LifetimeTest(source)
    {
        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => [];
    }
}
