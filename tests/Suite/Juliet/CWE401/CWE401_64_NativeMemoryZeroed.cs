// weakness: CWE-401
// variant: 64
// construct: untyped pointer or object
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_64_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        void* untyped = &data;
        BadSinks.BadSink(untyped);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        void* untyped = &data;
        GoodG2BSinks.GoodG2BSink(untyped);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        void* untyped = &data;
        GoodB2GSinks.GoodB2GSink(untyped);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(void* untyped)
    {
        byte* data = *(byte**)untyped;
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(void* untyped)
    {
        byte* data = *(byte**)untyped;
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(void* untyped)
    {
        byte* data = *(byte**)untyped;
        NativeMemory.Free(data);
    }
}
