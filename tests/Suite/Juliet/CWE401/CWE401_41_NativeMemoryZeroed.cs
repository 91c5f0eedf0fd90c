// weakness: CWE-401
// variant: 41
// construct: argument
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_41_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        BadSink(data);
    }

    private static void BadSink(byte* data)
    {
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        GoodG2BSink(data);
    }

    private static void GoodG2BSink(byte* data)
    {
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        GoodB2GSink(data);
    }

    private static void GoodB2GSink(byte* data)
    {
        NativeMemory.Free(data);
    }
}
