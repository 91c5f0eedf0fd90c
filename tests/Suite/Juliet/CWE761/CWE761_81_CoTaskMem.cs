// weakness: CWE-761
// variant: 81
// construct: virtual call
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_81_CoTaskMem;

internal static unsafe class Case
{
    internal abstract class SinkBase
    {
        public abstract void Take(nint data);
    }

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Case.SinkBase sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Case.SinkBase sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.SinkBase
{
    public override void Take(nint data)
    {
        for (; Marshal.ReadByte(data) != 0; data += 1)
        {
            if (Marshal.ReadByte(data) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Marshal.FreeCoTaskMem(data);
    }
}

internal sealed unsafe class GoodB2GSink : Case.SinkBase
{
    public override void Take(nint data)
    {
        nint cursor = data;
        for (; Marshal.ReadByte(cursor) != 0; cursor += 1)
        {
            if (Marshal.ReadByte(cursor) == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Marshal.FreeCoTaskMem(data);
    }
}
