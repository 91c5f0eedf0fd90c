using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gen;

public static class Gen1<T> where T : unmanaged
{
    public static unsafe T Max(ReadOnlySpan<T> items, Comparer<T>? comparer = null)
    {
        comparer ??= Comparer<T>.Default;
        T* copy = (T*)NativeMemory.AlignedAlloc((nuint)(items.Length * Unsafe.SizeOf<T>()), 16);
        items.CopyTo(new Span<T>(copy, items.Length));
        T max = copy[0];
        for (int i = 1; i < items.Length; i++)
            if (comparer.Compare(copy[i], max) > 0)
                max = copy[i];
        return max;
    }

    public static T[] Sorted(IEnumerable<T> source, int count)
    {
        T[] rented = ArrayPool<T>.Shared.Rent(count);
        int n = 0;
        foreach (var item in source)
        {
            if (n == count) throw new InvalidOperationException("too many");
            rented[n++] = item;
        }
        Array.Sort(rented, 0, n);
        return rented[..n];
    }

    public static async Task<int> CountAsync(IAsyncEnumerable<T> source, CancellationToken token = default)
    {
        var pool = ArrayPool<T>.Shared;
        var buffer = pool.Rent(64);
        var n = 0;
        await foreach (var item in source.WithCancellation(token).ConfigureAwait(false))
        {
            buffer[n++ % 64] = item;
            if (n > 1000)
                return -1;
        }
        pool.Return(buffer);
        return n;
    }
}

public readonly struct Reader<TItem> where TItem : unmanaged
{
    private readonly Stream _stream;
    public Reader(Stream stream) => _stream = stream;

    public unsafe bool TryRead(out TItem item)
    {
        byte* raw = (byte*)NativeMemory.AllocZeroed((nuint)sizeof(TItem));
        var n = _stream.Read(new Span<byte>(raw, sizeof(TItem)));
        if (n < sizeof(TItem)) { item = default; return false; }
        item = *(TItem*)raw;
        NativeMemory.Free(raw);
        return true;
    }

    public IMemoryOwner<byte> Rent(int n)
    {
        var owner = MemoryPool<byte>.Shared.Rent(n);
        int read = _stream.Read(owner.Memory.Span);
        if (read == 0)
            throw new EndOfStreamException();
        return owner;
    }

    public (int, string) Pair(int n)
    {
        var h = GCHandle.Alloc(this, GCHandleType.Weak);
        var (a, b) = (n, h.IsAllocated ? "yes" : "no");
        return (a, b);
    }
}

public partial record struct Point(double X, double Y)
{
    public static unsafe Point Average(params Point[] points)
    {
        double* xs = stackalloc double[4], ys = (double*)NativeMemory.Alloc((nuint)points.Length, sizeof(double));
        for (int i = 0; i < points.Length; i++) { ys[i] = points[i].Y; }
        var sum = 0.0;
        for (int i = 0; i < points.Length; i++) { sum += ys[i]; }
        if (points.Length == 0) return default;
        NativeMemory.Free(ys);
        return new Point(xs[0], sum / points.Length);
    }

    public static Point operator +(Point a, Point b)
    {
        var p = Marshal.AllocHGlobal(16);
        Marshal.StructureToPtr(a, p, false);
        return new Point(a.X + b.X, Marshal.ReadByte(p));
    }
}
