// weakness: CWE-761
// variant: 44
// construct: delegate
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_44_NativeMemory;

internal static unsafe class Case
{
    private delegate void Sink(byte* data);

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Sink sink = BadSink;
        sink(data);
    }

    private static void BadSink(byte* data)
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

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Sink sink = GoodB2GSink;
        sink(data);
    }

    private static void GoodB2GSink(byte* data)
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
