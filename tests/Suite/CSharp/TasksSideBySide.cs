// weakness: CWE-416
// construct: two tasks that use one block, of which one is waited for

using System.Buffers;
using System.IO;
using System.Threading.Tasks;

namespace Suite.CSharp.TasksSideBySide;

public static class Copies
{
    public static async Task OneAwaitedBad(Stream source, Stream target) // bad: LIFE007
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64);
        var read = source.ReadAsync(buffer, 0, 32);
        var write = target.WriteAsync(buffer, 32, 32);
        await read;
        ArrayPool<byte>.Shared.Return(buffer);
        await write;
    }

    public static async Task BothAwaitedGood(Stream source, Stream target)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64);
        var read = source.ReadAsync(buffer, 0, 32);
        var write = target.WriteAsync(buffer, 32, 32);
        await read;
        await write;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static async Task EitherGood(Stream source, Stream target, bool reads)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64);
        Task work = reads ? source.ReadAsync(buffer, 0, 32) : target.WriteAsync(buffer, 32, 32);
        await work;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static async Task OwnHelperBad(Stream source, Stream target) // bad: LIFE007
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64);
        var first = FillAsync(source, buffer);
        var second = FillAsync(target, buffer);
        await first;
        ArrayPool<byte>.Shared.Return(buffer);
        await second;
    }

    private static async Task FillAsync(Stream source, byte[] buffer) => await source.ReadExactlyAsync(buffer, 0, 16);
}
