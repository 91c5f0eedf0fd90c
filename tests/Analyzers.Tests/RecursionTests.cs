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

    /// <summary>One of the two mentions a function that hands a block out by its name, the other none at all.</summary>
    [Fact]
    public Task Functions_without_blocks_that_call_each_other_have_an_end() => Verify.AnalyzerAsync(Caller(
        """
        static nint Freed(int size) { nint block = Marshal.AllocHGlobal(size); Marshal.FreeHGlobal(block); block = 0; return block; }
            static int Count(int depth) => depth == 0 ? 0 : (int)Freed(depth) + Down(depth - 1);
            static int Down(int depth) => depth == 0 ? 0 : Count(depth - 1);
        """,
        "Marshal.WriteInt32(block, Count(5));", "{|LIFE003:Marshal.AllocHGlobal(8)|}"));

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
