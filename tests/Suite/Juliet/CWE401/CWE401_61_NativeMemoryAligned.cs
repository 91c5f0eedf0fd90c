// weakness: CWE-401
// variant: 61
// construct: result of another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_61_NativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = BadMaker.Make();
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        byte* data = GoodG2BMaker.Make();
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        byte* data = GoodB2GMaker.Make();
        NativeMemory.AlignedFree(data);
    }
}

internal static unsafe class BadMaker
{
    public static byte* Make()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        return data;
    }
}

internal static unsafe class GoodG2BMaker
{
    public static byte* Make()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        return data;
    }
}

internal static unsafe class GoodB2GMaker
{
    public static byte* Make()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        return data;
    }
}
