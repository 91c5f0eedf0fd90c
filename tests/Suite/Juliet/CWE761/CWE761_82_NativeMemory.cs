// weakness: CWE-761
// variant: 82
// construct: interface call
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_82_NativeMemory;

internal static unsafe class Case
{
    internal interface ISink
    {
        void Take(byte* data);
    }

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Case.ISink sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Case.ISink sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.ISink
{
    public void Take(byte* data)
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

internal sealed unsafe class GoodB2GSink : Case.ISink
{
    public void Take(byte* data)
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
