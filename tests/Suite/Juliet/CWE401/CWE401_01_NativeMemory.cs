// weakness: CWE-401
// variant: 01
// construct: baseline
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_01_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        NativeMemory.Free(data);
    }
}
