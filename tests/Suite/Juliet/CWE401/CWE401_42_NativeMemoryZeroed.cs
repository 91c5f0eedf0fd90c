// weakness: CWE-401
// variant: 42
// construct: result of a function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_42_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = BadSource();
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    private static byte* BadSource()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        return data;
    }

    public static void GoodG2B()
    {
        byte* data = GoodG2BSource();
        Io.PrintLine("nothing to do");
    }

    private static byte* GoodG2BSource()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        return data;
    }

    public static void GoodB2G()
    {
        byte* data = GoodB2GSource();
        NativeMemory.Free(data);
    }

    private static byte* GoodB2GSource()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        return data;
    }
}
