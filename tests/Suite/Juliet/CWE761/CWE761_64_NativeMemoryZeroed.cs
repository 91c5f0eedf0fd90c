// weakness: CWE-761
// variant: 64
// construct: untyped pointer or object
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_64_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        void* untyped = &data;
        BadSinks.BadSink(untyped);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        void* untyped = &data;
        GoodB2GSinks.GoodB2GSink(untyped);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(void* untyped)
    {
        byte* data = *(byte**)untyped;
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

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(void* untyped)
    {
        byte* data = *(byte**)untyped;
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
