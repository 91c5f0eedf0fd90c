// weakness: CWE-415
// variant: 34
// construct: overlapping fields
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_34_CoTaskMem;

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

    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        Union union = default;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
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
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        union.First = data;
        nint last = union.Second;
        // released already
        Io.PrintLine("nothing to do");
    }
}
