// weakness: CWE-761
// variant: 81
// construct: virtual call
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_81_NativeMemoryZeroed;

internal static unsafe class Case
{
    internal abstract class SinkBase
    {
        public abstract void Take(byte* data);
    }

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Case.SinkBase sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Case.SinkBase sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.SinkBase
{
    public override void Take(byte* data)
    {
        for (; *data != 0; data++)
        {
            if (*data == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        NativeMemory.Free(data);
    }
}

internal sealed unsafe class GoodB2GSink : Case.SinkBase
{
    public override void Take(byte* data)
    {
        byte* cursor = data;
        for (; *cursor != 0; cursor++)
        {
            if (*cursor == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        NativeMemory.Free(data);
    }
}
