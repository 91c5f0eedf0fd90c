// weakness: CWE-415
// variant: 18
// construct: goto
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_18_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        byte* data = null;
        goto source;
        source:
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        goto sink;
        sink:
        NativeMemory.Free(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        goto source;
        source:
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        goto sink;
        sink:
        NativeMemory.Free(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        goto source;
        source:
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        goto sink;
        sink:
        // released already
        Io.PrintLine("nothing to do");
    }
}
