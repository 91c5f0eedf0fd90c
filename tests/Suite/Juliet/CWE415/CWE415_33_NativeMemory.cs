// weakness: CWE-415
// variant: 33
// construct: ref local
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_33_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        NativeMemory.Free(alias);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(alias);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        ref byte* alias = ref data;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        // released already
        Io.PrintLine("nothing to do");
    }
}
