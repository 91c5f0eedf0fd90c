// weakness: CWE-401
// variant: 82
// construct: interface call
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_82_CoTaskMemString;

internal static unsafe class Case
{
    internal interface ISink
    {
        void Take(nint data);
    }

    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        Case.ISink sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Io.StaticAddress;
        Io.PrintByte(Marshal.ReadByte(data));
        Case.ISink sink = new GoodG2BSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data));
        Case.ISink sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.ISink
{
    public void Take(nint data)
    {
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal sealed unsafe class GoodG2BSink : Case.ISink
{
    public void Take(nint data)
    {
        Io.PrintLine("nothing to do");
    }
}

internal sealed unsafe class GoodB2GSink : Case.ISink
{
    public void Take(nint data)
    {
        Marshal.FreeCoTaskMem(data);
    }
}
