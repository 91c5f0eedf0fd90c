using System.Buffers;
using System.Runtime.InteropServices;

namespace Many;

static unsafe partial class Blocks
{
    // Four blocks in one body, nested branches, one loop.
    static int Four(int n, Func<int, bool> check)
    {
        byte* a = (byte*)NativeMemory.Alloc((nuint)n);
        nint b = Marshal.AllocHGlobal(n);
        var c = GCHandle.Alloc(new byte[n], GCHandleType.Pinned);
        byte[] d = ArrayPool<byte>.Shared.Rent(n);
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            if (check(i))
            {
                NativeMemory.Free(a);
                return sum;
            }

            var e = Marshal.StringToHGlobalAnsi(i.ToString());
            if (Marshal.ReadByte(e) == '7')
                continue;
            sum += Marshal.ReadByte(e) + a[i] + d[i];
            Marshal.FreeHGlobal(e);
        }

        if (sum == 5)
        {
            Marshal.FreeHGlobal(b);
            ArrayPool<byte>.Shared.Return(d);
            return 5;
        }

        c.Free();
        return sum;
    }

    static void Overlap(int n)
    {
        nint a = Marshal.AllocHGlobal(n);
        nint b = Marshal.AllocHGlobal(n);
        Marshal.WriteByte(a, 1);
        Marshal.FreeHGlobal(a);
        nint c = Marshal.AllocHGlobal(n);
        Marshal.WriteByte(b, Marshal.ReadByte(c));
        if (n == 4)
            return;
        Marshal.FreeHGlobal(b);
        Marshal.WriteByte(c, 2);
    }

    static int Reused(int n)
    {
        nint p = Marshal.AllocHGlobal(n);
        Marshal.WriteByte(p, 1);
        int r = Marshal.ReadByte(p);
        Marshal.FreeHGlobal(p);
        p = Marshal.AllocHGlobal(n * 2);
        Marshal.WriteByte(p, 2);
        if (r == 2)
            return r;
        Marshal.FreeHGlobal(p);
        return r + 1;
    }

    static void InLock(object gate, int n)
    {
        lock (gate)
        {
            nint p = Marshal.AllocHGlobal(n);
            Marshal.WriteByte(p, 1);
            Monitor.Wait(gate);
        }
    }

    static int InUsing(string path)
    {
        using var file = File.OpenRead(path);
        nint p = Marshal.AllocHGlobal(16);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        Marshal.WriteInt64(p, copy.Length);
        if (copy.Length == 0) return 0;
        var r = (int)Marshal.ReadInt64(p);
        Marshal.FreeHGlobal(p);
        return r;
    }

    static int InFixed(byte[] data)
    {
        fixed (byte* source = data)
        {
            byte* copy = (byte*)NativeMemory.Alloc((nuint)data.Length);
            Buffer.MemoryCopy(source, copy, data.Length, data.Length);
            if (copy[0] == 0) return 0;
            int r = copy[0];
            NativeMemory.Free(copy);
            return r;
        }
    }

    static int InSwitch(int k, int n)
    {
        switch (k)
        {
            case 1:
                nint p = Marshal.AllocHGlobal(n);
                Marshal.WriteByte(p, 1);
                return Marshal.ReadByte(p);
            case 2:
            {
                nint q = Marshal.AllocHGlobal(n);
                Marshal.WriteByte(q, 1);
                if (n == 2) break;
                Marshal.FreeHGlobal(q);
                break;
            }
            default:
                var r = Marshal.AllocHGlobal(n);
                Marshal.WriteByte(r, 1);
                break;
        }

        return 0;
    }

    static IEnumerator<int> Iterate(int[] items)
    {
        var h = GCHandle.Alloc(items, GCHandleType.Pinned);
        foreach (var item in items)
        {
            if (item == 0) yield break;
            yield return item;
        }

        h.Free();
    }

    static void Params(params nint[] blocks) { foreach (var b in blocks) Marshal.WriteByte(b, 1); }

    static void CallParams(int n)
    {
        var a = Marshal.AllocHGlobal(n);
        Params(a, a);
    }

    static int Local(int n)
    {
        nint p = Make();
        return Marshal.ReadByte(p);

        nint Make()
        {
            var q = Marshal.AllocHGlobal(n);
            Marshal.WriteByte(q, 1);
            return q;
        }
    }
}

// old compilers await in safe code only
static partial class Blocks
{
    static async Task Tasks(int n)
    {
        nint p = Marshal.AllocHGlobal(n);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => Marshal.WriteByte(p, i, 1))));
        Console.WriteLine(Marshal.ReadByte(p));
    }

    static async Task<bool> Wait(SemaphoreSlim semaphore, int n)
    {
        await semaphore.WaitAsync();
        try
        {
            var p = Marshal.AllocHGlobal(n);
            if (await semaphore.WaitAsync(10))
                return false;
            Marshal.WriteByte(p, 1);
            Marshal.FreeHGlobal(p);
            return true;
        }
        finally
        {
            semaphore.Release();
        }
    }
}
