using System.Buffers;
using System.Runtime.InteropServices;

namespace N3;

internal unsafe class Wrong
{
    private byte* _p;
    private byte[]? _a;

    void FieldTwice()
    {
        NativeMemory.Free(_p);
        Console.WriteLine("x");
        NativeMemory.Free(_p);
    }

    void ReturnTwice()
    {
        if (_a != null)
        {
            ArrayPool<byte>.Shared.Return(_a);
        }

        ArrayPool<byte>.Shared.Return(_a!);
    }

    static int CatchAndFinally(int n)
    {
        var p = Marshal.AllocHGlobal(n);
        try
        {
            return Marshal.ReadByte(p);
        }
        catch (Exception e)
        {
            Console.WriteLine(e);
            Marshal.FreeHGlobal(p);
            throw;
        }
        finally
        {
            Marshal.FreeHGlobal(p);
        }
    }

    static void UsingAndDispose(int n)
    {
        using var owner = MemoryPool<byte>.Shared.Rent(n);
        owner.Memory.Span.Clear();
        owner.Dispose();
    }

    static void Alias(int n)
    {
        byte* p = (byte*)NativeMemory.Alloc((nuint)n);
        byte* q = p;
        *q = 1;
        NativeMemory.Free(p);
        NativeMemory.Free(q);
    }

    static int UseLater(int n)
    {
        int* p = (int*)NativeMemory.Alloc((nuint)n, 4);
        p[0] = n;
        int a = p[0];
        NativeMemory.Free(p);
        if (a > 3)
        {
            a += p[1];
        }

        Console.WriteLine(a);
        return a;
    }

    static void UseInLoop(int n)
    {
        int* p = (int*)NativeMemory.Alloc((nuint)n, 4);
        for (int i = 0; i < n; i++)
        {
            p[i] = i;
            NativeMemory.Free(p);
        }
    }

    static Span<byte> ViewAfter(int n)
    {
        byte[] a = ArrayPool<byte>.Shared.Rent(n);
        Span<byte> view = a.AsSpan(0, n);
        ArrayPool<byte>.Shared.Return(a);
        view.Fill(1);
        return default;
    }

    static string StringAfter(IntPtr native)
    {
        var text = Marshal.PtrToStringUni(native);
        Marshal.FreeCoTaskMem(native);
        return text + Marshal.PtrToStringUni(native);
    }

    static void Local()
    {
        int x = 3;
        int* p = &x;
        *p = 4;
        NativeMemory.Free(p);
    }

    static void FixedFree(byte[] data)
    {
        fixed (byte* p = data)
        {
            p[0] = 1;
            NativeMemory.Free(p);
        }
    }

    static void Offset(int n)
    {
        IntPtr p = Marshal.AllocHGlobal(n);
        Marshal.WriteByte(p, 4, 1);
        Marshal.FreeHGlobal(p + 4);
    }

    static void Offset2(int n)
    {
        IntPtr p = Marshal.AllocHGlobal(n);
        IntPtr cursor = p;
        for (int i = 0; i < n; i++)
        {
            Marshal.WriteByte(cursor, 1);
            cursor = IntPtr.Add(cursor, 1);
        }

        Marshal.FreeHGlobal(cursor);
    }

    static int* Escape(int n)
    {
        int local = n;
        return &local; // not repaired: who would own a copy?
    }

    static void Bstr(string s)
    {
        IntPtr b = Marshal.StringToBSTR(s);
        Console.WriteLine(Marshal.PtrToStringBSTR(b));
        Marshal.FreeCoTaskMem(b);
        IntPtr c = Marshal.SecureStringToGlobalAllocUnicode(new System.Security.SecureString());
        Marshal.FreeHGlobal(c);
        IntPtr d = Marshal.StringToCoTaskMemUni(s);
        Marshal.ZeroFreeGlobalAllocUnicode(d);
    }

    static void Pools(int n)
    {
        var mine = ArrayPool<int>.Create(100, 10);
        int[] a = ArrayPool<int>.Shared.Rent(n);
        a[0] = 1;
        mine.Return(a, clearArray: false);
    }
}

internal static class WrongTasks
{
    static async Task<int> AsyncAfter(Stream s)
    {
        var rented = ArrayPool<byte>.Shared.Rent(10);
        var pending = s.ReadAsync(rented, 0, 10);
        ArrayPool<byte>.Shared.Return(rented);
        var n = await pending;
        return n;
    }

    static Task<int> NotAwaited(Stream s)
    {
        var rented = ArrayPool<byte>.Shared.Rent(10);
        try
        {
            return s.ReadAsync(rented, 0, 10);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
