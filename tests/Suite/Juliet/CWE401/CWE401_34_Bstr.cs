// weakness: CWE-401
// variant: 34
// construct: overlapping fields
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_34_Bstr;

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

    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        Union union = default;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        union.First = data;
        nint last = union.Second;
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        nint data = 0;
        Union union = default;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        union.First = data;
        nint last = union.Second;
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        nint data = 0;
        Union union = default;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        union.First = data;
        nint last = union.Second;
        Marshal.FreeBSTR(last);
    }
}
