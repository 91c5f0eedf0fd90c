// weakness: CWE-590
// variant: 34
// construct: overlapping fields
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_34_StackallocCoTaskMem;

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

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        Union union = default;
        int* numbers = stackalloc int[25];
        data = (nint)numbers;
        Marshal.WriteByte(data, (byte)'A');
        union.First = data;
        nint last = union.Second;
        Marshal.FreeCoTaskMem(last);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        Union union = default;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        union.First = data;
        nint last = union.Second;
        Marshal.FreeCoTaskMem(last);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        Union union = default;
        int* numbers = stackalloc int[25];
        data = (nint)numbers;
        Marshal.WriteByte(data, (byte)'A');
        union.First = data;
        nint last = union.Second;
        Io.PrintByte(Marshal.ReadByte(last));
    }
}
