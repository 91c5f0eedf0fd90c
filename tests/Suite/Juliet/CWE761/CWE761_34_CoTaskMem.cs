// weakness: CWE-761
// variant: 34
// construct: overlapping fields
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_34_CoTaskMem;

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
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        union.First = data;
        nint last = union.Second;
        for (; Marshal.ReadByte(last) != 0; last += 1)
        {
            if (Marshal.ReadByte(last) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Marshal.FreeCoTaskMem(last);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        Union union = default;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        union.First = data;
        nint last = union.Second;
        nint cursor = last;
        for (; Marshal.ReadByte(cursor) != 0; cursor += 1)
        {
            if (Marshal.ReadByte(cursor) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Marshal.FreeCoTaskMem(last);
    }
}
