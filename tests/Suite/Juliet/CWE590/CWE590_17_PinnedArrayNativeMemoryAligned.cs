// weakness: CWE-590
// variant: 17
// construct: for, once
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_17_PinnedArrayNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        for (int i = 0; i < 1; i++)
        {
            data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
            data[0] = (byte)'A';
        }
        for (int i = 0; i < 1; i++)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        for (int i = 0; i < 1; i++)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        for (int i = 0; i < 1; i++)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        for (int i = 0; i < 1; i++)
        {
            data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
            data[0] = (byte)'A';
        }
        for (int i = 0; i < 1; i++)
        {
            Io.PrintByte(data[0]);
        }
    }
}
