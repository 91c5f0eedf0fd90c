// weakness: CWE-590
// variant: 64
// construct: untyped pointer or object
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_64_PinnedArrayNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
        data[0] = (byte)'A';
        void* untyped = &data;
        BadSinks.BadSink(untyped);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        void* untyped = &data;
        GoodG2BSinks.GoodG2BSink(untyped);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
        data[0] = (byte)'A';
        void* untyped = &data;
        GoodB2GSinks.GoodB2GSink(untyped);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(void* untyped)
    {
        byte* data = *(byte**)untyped;
        NativeMemory.AlignedFree(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(void* untyped)
    {
        byte* data = *(byte**)untyped;
        NativeMemory.AlignedFree(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(void* untyped)
    {
        byte* data = *(byte**)untyped;
        Io.PrintByte(data[0]);
    }
}
