// weakness: CWE-401, CWE-416, CWE-761
// construct: headers in front of blocks, small numbers in place of addresses, helpers that throw
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Cases.MovedPointers;

internal static unsafe class Headers
{
    private static byte* Take(int n)
    {
        byte* p = (byte*)NativeMemory.Alloc((nuint)n + 16);
        *(long*)p = n;
        return p + 16;
    }

    private static void Give(byte* p)
    {
        NativeMemory.Free(p - 16);
    }

    private static nint TakeNumber(int n)
    {
        nint p = Marshal.AllocHGlobal(n + 8);
        return p + 8;
    }

    private static void GiveNumber(nint p)
    {
        Marshal.FreeHGlobal(IntPtr.Subtract(p, 8));
    }

    public static void BothGood()
    {
        byte* p = Take(10);
        p[0] = 1;
        Give(p);
    }

    public static void NumberGood()
    {
        nint p = TakeNumber(10);
        Marshal.WriteByte(p, 1);
        GiveNumber(p);
    }

    public static void HereGood()
    {
        byte* p = (byte*)NativeMemory.Alloc(100);
        Give(p + 16);
    }

    public static void UnitsGood()
    {
        int* p = (int*)NativeMemory.Alloc(16);
        byte* b = (byte*)p;
        b += 4;
        NativeMemory.Free((int*)b - 1);
    }

    public static void NeverBad() // bad: LIFE003
    {
        byte* p = Take(10);
        p[0] = 1;
    }

    public static void UnitsBad() // bad: LIFE009
    {
        int* p = (int*)NativeMemory.Alloc(16);
        p += 2;
        NativeMemory.Free((byte*)p - 2);
    }

    private static bool IsNumber(nint p) => (ulong)p.ToInt64() >> 16 == 0;
    private static void Free(nint p, bool wide)
    {
        if (IsNumber(p))
        {
            return;
        }

        if (wide)
        {
            Marshal.ZeroFreeCoTaskMemUnicode(p);
        }
        else
        {
            Marshal.ZeroFreeCoTaskMemAnsi(p);
        }
    }

    public static void ResourceGood(bool wide)
    {
        nint p = Marshal.StringToCoTaskMemUni("x");
        Free(p, wide);
    }

    public static void SmallGood()
    {
        nint p = Marshal.StringToCoTaskMemUni("x");
        if ((long)p >= 0x10000)
        {
            Marshal.FreeCoTaskMem(p);
        }
    }

    private static void ThrowLastError()
    {
        int error = Marshal.GetLastWin32Error();
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }

    private static void ThrowIfBad(int n)
    {
        if (n < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(n));
        }
    }

    [DllImport("x")] private static extern bool start(nint p);
    public static nint FailedGood()
    {
        nint p = Marshal.AllocHGlobal(8);
        if (!start(p))
        {
            Marshal.FreeHGlobal(p);
            ThrowLastError();
        }

        return p;
    }

    public static nint FailedBad(int n) // bad: LIFE007
    {
        nint p = Marshal.AllocHGlobal(8);
        if (!start(p))
        {
            Marshal.FreeHGlobal(p);
            ThrowIfBad(n);
        }

        return p;
    }
}
