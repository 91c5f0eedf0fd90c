// weakness: CWE-401
// variant: 18
// construct: goto
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_18_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
    {
        byte* data = null;
        goto source;
        source:
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        goto sink;
        sink:
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        byte* data = null;
        goto source;
        source:
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        goto sink;
        sink:
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        byte* data = null;
        goto source;
        source:
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        goto sink;
        sink:
        NativeMemory.Free(data);
    }
}
