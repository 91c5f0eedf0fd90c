// weakness: CWE-762
// variant: 34
// construct: overlapping fields
using System.Runtime.InteropServices;

namespace Cases.CWE762_34_NativeMemoryAlignedToNativeMemory;

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

    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        byte* data = null;
        Union union = default;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        union.First = data;
        byte* last = union.Second;
        NativeMemory.Free(last);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        Union union = default;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        union.First = data;
        byte* last = union.Second;
        NativeMemory.Free(last);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        Union union = default;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        union.First = data;
        byte* last = union.Second;
        NativeMemory.AlignedFree(last);
    }
}
