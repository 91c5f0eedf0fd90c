// weakness: CWE-590
// variant: 31
// construct: copies
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_31_PinnedArrayNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
        data[0] = (byte)'A';
        byte* copy = data;
        byte* last = copy;
        NativeMemory.AlignedFree(last);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        byte* copy = data;
        byte* last = copy;
        NativeMemory.AlignedFree(last);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
        data[0] = (byte)'A';
        byte* copy = data;
        byte* last = copy;
        Io.PrintByte(last[0]);
    }
}
