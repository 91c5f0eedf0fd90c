namespace LifetimeAnalyzers.Tests;

/// <summary>A block that a task gives: when the await for it throws, there is none.</summary>
public class AwaitedAllocationTests
{
    private const string Create = """
            static async Task<nint> CreateAsync(Stream stream)
            {
                await stream.FlushAsync();
                return Marshal.AllocHGlobal(16);
            }
        """;

    [Theory]
    [InlineData("await CreateAsync(stream)")]
    [InlineData("await CreateAsync(stream).ConfigureAwait(false)")]
    public Task Await_for_the_block_itself_DoesNotTrigger(string allocation) => Verify.AnalyzerAsync($$"""
        using System.IO;
        using System.Runtime.InteropServices;
        using System.Threading.Tasks;

        class C
        {
        {{Create}}

            static async Task M(Stream stream)
            {
                nint block = {{allocation}};
                try
                {
                    Marshal.WriteByte(block, 1);
                }
                finally
                {
                    Marshal.FreeHGlobal(block);
                }
            }
        }
        """);

    [Fact]
    public Task Await_after_it_Triggers() => Verify.AnalyzerAsync($$"""
        using System.IO;
        using System.Runtime.InteropServices;
        using System.Threading.Tasks;

        class C
        {
        {{Create}}

            static async Task M(Stream stream)
            {
                nint block = await {|LIFE005:CreateAsync(stream)|};
                await stream.FlushAsync();
                Marshal.FreeHGlobal(block);
            }
        }
        """);
}
