// weakness: CWE-416
// variant: 31
// construct: copies
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_31_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        byte* copy = data;
        byte* last = copy;
        Io.PrintByte(last[0]);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        byte* copy = data;
        byte* last = copy;
        Io.PrintByte(last[0]);
        NativeMemory.Free(last);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        byte* copy = data;
        byte* last = copy;
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
