using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Net.Sockets2;

internal sealed class Connection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();

    public Connection(Socket socket)
    {
        _socket = socket;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
    }

    public async Task<string> ReadLineAsync()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(512);
        int length = 0;

        while (length < buffer.Length)
        {
            int n = await _socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
            if (n == 0)
            {
                break;
            }

            length += n;
            if (buffer[length - 1] == '\n')
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return string.Empty;
    }

    public int Send(ReadOnlySpan<char> text)
    {
        var count = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            var n = Encoding.UTF8.GetBytes(text, rented);
            if (n > 1024)
            {
                ArrayPool<byte>.Shared.Return(rented);
                throw new InvalidOperationException("Too long.");
            }

            return _socket.Send(rented, 0, n, SocketFlags.None);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public unsafe int Checksum(ReadOnlySpan<byte> data)
    {
        uint* table = (uint*)NativeMemory.Alloc(256 * sizeof(uint));
        for (uint i = 0; i < 256; i++)
        {
            uint c = i;
            for (int k = 0; k < 8; k++)
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            table[i] = c;
        }

        uint crc = 0xFFFFFFFF;
        foreach (byte b in data)
            crc = table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return (int)~crc;
    }

    public bool TryConnect(string host, out IntPtr handle)
    {
        handle = default;
        IntPtr name = Marshal.StringToHGlobalAnsi(host);
        try
        {
            if (Native.connect(name) is var fd and >= 0)
            {
                handle = fd;
                return true;
            }

            return false;
        }
        catch (DllNotFoundException)
        {
            return false;
        }
    }

    private static class Native
    {
        [DllImport("net")]
        public static extern int connect(IntPtr host);

        [DllImport("net")]
        public static extern IntPtr net_open(int id);

        [DllImport("net")]
        public static extern void net_close(IntPtr handle);

        [DllImport("net")]
        public static extern int net_send(IntPtr handle, byte[] data, int count);
    }

    public static int Ping(int id)
    {
        IntPtr h = Native.net_open(id);
        if (h == IntPtr.Zero) return -1;
        int r = Native.net_send(h, new byte[] { 1 }, 1);
        if (r < 0) return r;
        Native.net_close(h);
        return 0;
    }
}
