// weakness: CWE-415
// variant: 82
// construct: interface call
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_82_CoTaskMem;

internal static unsafe class Case
{
    internal interface ISink
    {
        void Take(nint data);
    }

    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        Case.ISink sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Case.ISink sink = new GoodG2BSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        Case.ISink sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.ISink
{
    public void Take(nint data)
    {
        Marshal.FreeCoTaskMem(data);
    }
}

internal sealed unsafe class GoodG2BSink : Case.ISink
{
    public void Take(nint data)
    {
        Marshal.FreeCoTaskMem(data);
    }
}

internal sealed unsafe class GoodB2GSink : Case.ISink
{
    public void Take(nint data)
    {
        // released already
        Io.PrintLine("nothing to do");
    }
}
