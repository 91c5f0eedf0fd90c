using System.Buffers;
using System.Runtime.InteropServices;

namespace Acme.Net;

public class Reader(Stream stream)
{
    // Cancellation throws: the handle stays pinned.
    public async Task<int> ReadPinnedAsync(byte[] target, CancellationToken token)
    {
        GCHandle pin = GCHandle.Alloc(target, GCHandleType.Pinned);
        int n = await stream.ReadAsync(target, token).ConfigureAwait(false);
        pin.Free();
        return n;
    }

    public async Task<string?> HeaderAsync(CancellationToken token = default)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        var read = await stream.ReadAsync(buffer.AsMemory(0, 4096), token);
        if (read == 0)
        {
            return null;
        }
        if (buffer[0] != 'H')
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return "";
        }
        var text = System.Text.Encoding.ASCII.GetString(buffer, 0, read);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return text;
    }

    public async ValueTask<int> OwnerAsync(CancellationToken token)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(1024);
        var count = await stream.ReadAsync(owner.Memory, token);
        if (count < 4)
            return -1;
        var length = owner.Memory.Span[0];
        owner.Dispose();
        return length;
    }

    public async IAsyncEnumerable<byte> BytesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
    {
        nint block = Marshal.AllocHGlobal(64);
        for (var i = 0; i < 64; i++)
        {
            await Task.Yield();
            yield return Marshal.ReadByte(block, i);
        }
        Marshal.FreeHGlobal(block);
    }

    public IEnumerable<int> Numbers(int n)
    {
        var p = Marshal.AllocHGlobal(n * sizeof(int));
        for (int i = 0; i < n; ++i)
        {
            if (i == 100)
                yield break;
            yield return Marshal.ReadInt32(p, i * 4);
        }
        Marshal.FreeHGlobal(p);
    }

    public async Task FireAsync()
    {
        await using var copy = new MemoryStream();
        var p = Marshal.AllocHGlobal(16);
        try
        {
            await stream.CopyToAsync(copy);
        }
        catch (IOException e) when (e.HResult == 5)
        {
            Console.WriteLine(e);
            return;
        }
        Marshal.WriteByte(p, (byte)copy.Length);
        Marshal.FreeHGlobal(p);
    }
}
