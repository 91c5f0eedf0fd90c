// weakness: CWE-416, CWE-415
// construct: objects that count their users by a loop of exchanges, or set a flag once by one

using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Threading;

namespace Suite.CountedByExchange;

internal sealed class Shared : IDisposable
{
    private byte[]? _array = ArrayPool<byte>.Shared.Rent(4096);
    private int _holders = 1;

    public Memory<byte> Memory => _array ?? throw new ObjectDisposedException(nameof(Shared));

    public Shared Share()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _holders);
            ObjectDisposedException.ThrowIf(seen == 0, this);
        }
        while (Interlocked.CompareExchange(ref _holders, seen + 1, seen) != seen);

        return this;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            byte[] array = _array!;
            _array = null;
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}

internal sealed class Once : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(64);
    private int _isDisposed;

    public byte First => Marshal.ReadByte(_block);

    public void Dispose()
    {
        if (Interlocked.CompareExchange(ref _isDisposed, 1, 0) == 0)
        {
            Marshal.FreeHGlobal(_block);
        }
    }
}

internal static class Users
{
    public static int TwoHolders()
    {
        Shared first = new();
        Shared second = first.Share();
        first.Dispose();
        int length = second.Memory.Length;
        second.Dispose();
        return length;
    }

    public static int OneHolder() // bad: LIFE007
    {
        Shared only = new();
        only.Dispose();
        return only.Memory.Length;
    }

    public static byte DisposedTwice()
    {
        Once once = new();
        byte first = once.First;
        once.Dispose();
        once.Dispose();
        return first;
    }

    public static byte ReadAfter() // bad: LIFE007
    {
        Once once = new();
        once.Dispose();
        return once.First;
    }
}
