// weakness: CWE-416
// variant: 33
// construct: ref local
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_33_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        Io.PrintByte(alias[0]);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        Io.PrintByte(alias[0]);
        NativeMemory.Free(alias);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
