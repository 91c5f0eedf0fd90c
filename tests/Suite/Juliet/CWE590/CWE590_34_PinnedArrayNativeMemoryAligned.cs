// weakness: CWE-590
// variant: 34
// construct: overlapping fields
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_34_PinnedArrayNativeMemoryAligned;

internal static unsafe class Case
{
    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public byte* First;

        [FieldOffset(0)]
        public byte* Second;
    }

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        Union union = default;
        data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
        data[0] = (byte)'A';
        union.First = data;
        byte* last = union.Second;
        NativeMemory.AlignedFree(last);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        Union union = default;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        union.First = data;
        byte* last = union.Second;
        NativeMemory.AlignedFree(last);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        Union union = default;
        data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
        data[0] = (byte)'A';
        union.First = data;
        byte* last = union.Second;
        Io.PrintByte(last[0]);
    }
}
