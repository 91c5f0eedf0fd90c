using System.Buffers;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

namespace N1;

public class Session
{
    static nint s_last;
    static readonly List<Memory<byte>> s_all = new();
    private Memory<byte> _kept;

    public void Keep(RequestScope scope)
    {
        nint p = Heap.Emalloc(32);
        Marshal.WriteByte(p, 1);
        s_last = p;
    }

    public static ReadOnlySpan<byte> Give(int n)
    {
        using var scope = RequestScope.Begin();
        Span<byte> s = Heap.EmallocSpan<byte>(n);
        s.Fill(1);
        return s;
    }

    public static Memory<byte> Give2(int n)
    {
        using var scope = RequestScope.Begin();
        var m = Heap.EmallocMemory<byte>(n);
        m.Span[0] = 3;
        return m;
    }

    public static unsafe byte* Stack()
    {
        byte* p = stackalloc byte[8];
        return p;
    }

    static int Scope(int n)
    {
        var scope = RequestScope.Begin();
        nint p = Heap.Emalloc(n);
        if (n == 4) return 4;
        scope.Dispose();
        return Marshal.ReadByte(p);
    }

    static void Scope2(Action a)
    {
        RequestScope scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 1000 });
        a();
    }

    static async Task Scope3(Func<Task> a)
    {
        RequestScope.Begin();
        await a();
    }

    static void AfterDispose()
    {
        var owner = MemoryPool<int>.Shared.Rent(4);
        var span = owner.Memory.Span;
        owner.Dispose();
        span[0] = 1;
        Console.WriteLine(span[0]);
    }

    static int Twice(bool b)
    {
        var p = Marshal.AllocHGlobal(4);
        if (b)
        {
            Marshal.FreeHGlobal(p);
        }
        else
        {
            Marshal.WriteByte(p, 2);
        }
        int r = b ? 0 : Marshal.ReadByte(p);
        Marshal.FreeHGlobal(p);
        return r;
    }

    static int Twice2(int k)
    {
        var p = Marshal.AllocHGlobal(4);
        switch (k)
        {
            case 1:
                Marshal.FreeHGlobal(p);
                break;
            case 2:
                Marshal.WriteByte(p, 1);
                break;
        }
        Marshal.FreeHGlobal(p);
        return 1;
    }

    static void TwiceLoop(int n)
    {
        var h = GCHandle.Alloc(new byte[4], GCHandleType.Pinned);
        for (int i = 0; i < n; i++)
        {
            Console.WriteLine(h.AddrOfPinnedObject());
            if (i == n - 1) h.Free();
        }
        h.Free();
    }

    static void UseIt(nint p)
    {
        Marshal.WriteByte(p, 1);
        Marshal.FreeHGlobal(p);
        Log(Marshal.ReadByte(p));
    }

    static void Log(int x) => Console.WriteLine(x);

    static int UseInLoop(int n)
    {
        byte[] a = ArrayPool<byte>.Shared.Rent(n);
        ArrayPool<byte>.Shared.Return(a);
        int s = 0;
        foreach (var b in a) s += b;
        return s;
    }

    static string UseInReturn(string t)
    {
        var p = Marshal.StringToCoTaskMemUni(t);
        Marshal.FreeCoTaskMem(p);
        return Marshal.PtrToStringUni(p)!;
    }

    static void WrongPool(int n)
    {
        var own = ArrayPool<byte>.Create();
        var a = own.Rent(n);
        a[0] = 1;
        ArrayPool<byte>.Shared.Return(a, true);
    }

    static void WrongHeap(int n)
    {
        nint a = Heap.Malloc(n);
        Marshal.WriteByte(a, 1);
        Heap.Efree(a);
        nint b = Marshal.AllocHGlobal(n);
        Heap.Free(b);
    }
}
