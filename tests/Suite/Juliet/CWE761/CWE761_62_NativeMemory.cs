// weakness: CWE-761
// variant: 62
// construct: out parameter of another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_62_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        BadMaker.Make(out byte* data);
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
        GoodB2GMaker.Make(out byte* data);
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

internal static unsafe class BadMaker
{
    public static void Make(out byte* data)
    {
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
    }
}

internal static unsafe class GoodB2GMaker
{
    public static void Make(out byte* data)
    {
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
    }
}
