// weakness: CWE-762
// variant: 34
// construct: overlapping fields
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

namespace Cases.CWE762_34_HeapMallocToHeapEmalloc;

internal static unsafe class Case
{
    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public nint First;

        [FieldOffset(0)]
        public nint Second;
    }

    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        Union union = default;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        union.First = data;
        nint last = union.Second;
        Heap.Efree(last);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        Union union = default;
        data = Heap.Emalloc(100);
        Marshal.WriteByte(data, (byte)'A');
        union.First = data;
        nint last = union.Second;
        Heap.Efree(last);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        Union union = default;
        data = Heap.Malloc(100);
        Marshal.WriteByte(data, (byte)'A');
        union.First = data;
        nint last = union.Second;
        Heap.Free(last);
    }
}
