namespace LifetimeAnalyzers.Tests;

/// <summary>What a function does that calls itself is known like that of any other, also that it does not throw.</summary>
public class RecursionTests
{
    [Theory]
    [InlineData("static void FreeAt(nint block, int depth) { if (depth == 0) Marshal.FreeHGlobal(block); else FreeAt(block, depth - 1); }")]
    [InlineData("static void FreeAt(nint block, int depth) { if (depth == 0) Marshal.FreeHGlobal(block); else Other(block, depth - 1); } static void Other(nint block, int depth) => FreeAt(block, depth);")]
    public Task Function_that_only_calls_itself_does_not_throw(string function) => Verify.AnalyzerAsync(Caller(function, "FreeAt(block, 5);", "Marshal.AllocHGlobal(8)"));

    [Fact]
    public Task Function_that_calls_itself_and_more_may_throw() => Verify.AnalyzerAsync(Caller(
        "static void FreeAt(nint block, int depth) { if (depth == 0) Marshal.FreeHGlobal(block); else { System.Console.WriteLine(depth); FreeAt(block, depth - 1); } }",
        "FreeAt(block, 5);", "{|LIFE005:Marshal.AllocHGlobal(8)|}"));

    [Fact]
    public Task Task_that_only_holds_its_result_does_not_throw() => Verify.AnalyzerAsync("""
        using System.Runtime.InteropServices;
        using System.Threading.Tasks;

        class C
        {
            public static ValueTask<nint> M() => new(Marshal.AllocHGlobal(8));
        }
        """);

    private static string Caller(string function, string call, string allocation) => $$"""
        using System.Runtime.InteropServices;

        class C
        {
            {{function}}

            public static void M()
            {
                nint block = {{allocation}};
                {{call}}
            }
        }
        """;
}
