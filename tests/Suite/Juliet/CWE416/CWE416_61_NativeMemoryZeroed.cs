// weakness: CWE-416
// variant: 61
// construct: result of another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_61_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte* data = BadMaker.Make();
        NativeMemory.Free(data);
        Io.PrintByte(data[0]);
    }

    public static void GoodG2B()
    {
        byte* data = GoodG2BMaker.Make();
        Io.PrintByte(data[0]);
        NativeMemory.Free(data);
    }

    public static void GoodB2G()
    {
        byte* data = GoodB2GMaker.Make();
        NativeMemory.Free(data);
        // not used any more
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class BadMaker
{
    public static byte* Make()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        return data;
    }
}

internal static unsafe class GoodG2BMaker
{
    public static byte* Make()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        return data;
    }
}

internal static unsafe class GoodB2GMaker
{
    public static byte* Make()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        return data;
    }
}
