// weakness: CWE-590
// variant: 41
// construct: argument
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_41_PinnedArrayNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
        data[0] = (byte)'A';
        BadSink(data);
    }

    private static void BadSink(byte* data)
    {
        NativeMemory.AlignedFree(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        GoodG2BSink(data);
    }

    private static void GoodG2BSink(byte* data)
    {
        NativeMemory.AlignedFree(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
        data[0] = (byte)'A';
        GoodB2GSink(data);
    }

    private static void GoodB2GSink(byte* data)
    {
        Io.PrintByte(data[0]);
    }
}
