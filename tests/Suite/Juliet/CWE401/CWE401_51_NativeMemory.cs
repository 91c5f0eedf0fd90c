// weakness: CWE-401
// variant: 51
// construct: argument through 1 more classes
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_51_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        BadStep1.BadSink(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        GoodG2BStep1.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        GoodB2GStep1.GoodB2GSink(data);
    }
}

internal static unsafe class BadStep1
{
    public static void BadSink(byte* data)
    {
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BStep1
{
    public static void GoodG2BSink(byte* data)
    {
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GStep1
{
    public static void GoodB2GSink(byte* data)
    {
        NativeMemory.Free(data);
    }
}
