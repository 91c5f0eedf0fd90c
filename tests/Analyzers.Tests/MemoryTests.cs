using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers.Tests;

/// <summary>What is left in memory when a compilation is gone: nothing of it.</summary>
public class MemoryTests
{
    private const string Code = """
        using System;
        using System.Buffers;
        using System.Runtime.InteropServices;
        using System.Threading.Tasks;

        public sealed class Owner : IDisposable
        {
            private readonly nint _block = Marshal.AllocHGlobal(8);

            public void Dispose() => Marshal.FreeHGlobal(_block);

            public static async Task<int> LostAsync(System.IO.Stream stream, int size)
            {
                byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
                return await stream.ReadAsync(buffer);
            }
        }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_keeps_a_compilation_alive_once_it_is_analysed(bool concurrent)
    {
        var analyzer = new LifetimeAnalyzer();
        var gone = await AnalyseAsync(analyzer, concurrent);

        for (var round = 0; round < 20 && gone.IsAlive; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(20);
        }

        Assert.False(gone.IsAlive, "the analyzer keeps the compilation alive");
        GC.KeepAlive(analyzer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> AnalyseAsync(LifetimeAnalyzer analyzer, bool concurrent)
    {
        var compilation = await Reports.CompileAsync(Code);
        Assert.Equal("LIFE003", Assert.Single(await Reports.OfAsync(compilation, concurrent, analyzer)).Id);
        return new WeakReference(compilation);
    }
}
