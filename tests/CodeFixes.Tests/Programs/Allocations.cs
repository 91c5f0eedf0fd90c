using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Controllers;

[ApiController]
public unsafe partial class AllocController : ControllerBase
{
    public struct Item { public int Id; public double Price; }

    [HttpGet("1")]
    public int A1(int n) { IntPtr p = Marshal.AllocHGlobal(new IntPtr(n)); Marshal.WriteByte(p, 1); return Marshal.ReadByte(p); }

    [HttpGet("2")]
    public int A2(int n)
    {
        var p = (byte*)Marshal.AllocHGlobal(n);
        p[0] = 2;
        return p[0];
    }

    [HttpGet("3")]
    public int A3(int n)
    {
        byte* p = (byte*)Marshal.AllocCoTaskMem(n).ToPointer();
        p[0] = 2;
        return p[0];
    }

    [HttpGet("4")]
    public double A4(int n)
    {
        Item* items = (Item*)NativeMemory.Alloc((nuint)n, (nuint)Unsafe.SizeOf<Item>());
        items[n - 1].Price = 4;
        return items[n - 1].Price;
    }

    [HttpGet("5")]
    public double A5(uint n)
    {
        Item* items = (Item*)NativeMemory.AllocZeroed(n * (uint)sizeof(Item));
        return items->Price;
    }

    [HttpGet("6")]
    public int A6(int n)
    {
        int** rows = (int**)NativeMemory.AllocZeroed((nuint)n, (nuint)sizeof(int*));
        return rows[0] == null ? 0 : 1;
    }

    [HttpGet("7")]
    public int A7(int n)
    {
        nint p = Marshal.AllocHGlobal(n);
        p = Marshal.ReAllocHGlobal(p, n * 2);
        p = Marshal.ReAllocHGlobal(p, (IntPtr)(n * 3));
        Marshal.WriteByte(p, 7);
        return Marshal.ReadByte(p);
    }

    [HttpGet("8")]
    public int A8(int n)
    {
        nint p = Marshal.AllocCoTaskMem(n);
        p = Marshal.ReAllocCoTaskMem(p, n * 2);
        Marshal.WriteByte(p, 7);
        return Marshal.ReadByte(p);
    }

    [HttpGet("9")]
    public float A9(int n)
    {
        const int Alignment = 16;
        float* v = (float*)NativeMemory.AlignedAlloc((nuint)n * sizeof(float), Alignment);
        v = (float*)NativeMemory.AlignedRealloc(v, (nuint)n * 2 * sizeof(float), Alignment);
        v[0] = 1;
        return v[0];
    }

    [HttpGet("10")]
    public float A10(int n)
    {
        float* v = (float*)NativeMemory.AlignedAlloc((nuint)n * sizeof(float), 32);
        v[0] = 1;
        return v[0];
    }

    [HttpGet("11")]
    public int A11(int n, bool zero)
    {
        void* p = zero ? NativeMemory.AllocZeroed((nuint)n) : NativeMemory.Alloc((nuint)n);
        *(byte*)p = 3;
        return *(byte*)p;
    }

    [HttpGet("12")]
    public int A12(int n)
    {
        void* p;
        p = NativeMemory.Alloc(checked((nuint)n));
        Span<byte> s = new(p, n);
        s.Clear();
        return s[0];
    }

    [HttpGet("13")]
    public int A13(int n)
    {
        UIntPtr size = (UIntPtr)n;
        var p = new IntPtr(NativeMemory.Alloc(size));
        Marshal.WriteByte(p, 1);
        return Marshal.ReadByte(p);
    }

    [HttpGet("14")]
    public int A14(string s)
    {
        using var stream = new UnmanagedMemoryStream((byte*)NativeMemory.Alloc((nuint)s.Length), s.Length);
        return stream.ReadByte();
    }

    [HttpGet("16")]
    public int A16(int n)
    {
        nint p = Marshal.AllocHGlobal(n);
        try
        {
            Marshal.WriteByte(p, 1);
            return Marshal.ReadByte(p);
        }
        finally
        {
            if (n > 4)
                Marshal.FreeHGlobal(p);
        }
    }

    [HttpGet("17")]
    public int A17(int n)
    {
        Span<byte> span = new Span<byte>((void*)Marshal.AllocHGlobal(n), n);
        span[0] = 1;
        return span[0];
    }

    [HttpGet("18")]
    public int A18(int n)
    {
        delegate*<nuint, void*> alloc = &NativeMemory.Alloc;
        var p = (int*)alloc((nuint)n);
        return p == null ? 1 : 0;
    }

    [HttpGet("19")]
    public long A19(int n)
    {
        long* p = (long*)NativeMemory.Alloc(elementCount: (nuint)n, elementSize: sizeof(long));
        p[0] = 1;
        return p[0];
    }

    [HttpGet("20")]
    public int A20(int[] source)
    {
        var h = GCHandle.Alloc(source, GCHandleType.Pinned);
        int* p = (int*)h.AddrOfPinnedObject();
        int sum = 0;
        for (int i = 0; i < source.Length; i++) sum += p[i];
        return sum;
    }
}

// old compilers await in safe code only
public partial class AllocController
{
    [HttpGet("15")]
    public async Task<int> A15(int n, CancellationToken token)
    {
        nint a = Marshal.AllocHGlobal(n);
        nint b = Marshal.AllocCoTaskMem(n);
        await Task.Delay(n, token);
        Marshal.WriteByte(a, 1);
        Marshal.WriteByte(b, 1);
        if (n == 3)
        {
            Marshal.FreeHGlobal(a);
            return -1;
        }

        int r = Marshal.ReadByte(a) + Marshal.ReadByte(b);
        Marshal.FreeCoTaskMem(b);
        return r;
    }
}
