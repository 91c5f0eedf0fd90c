// weakness: CWE-415
// variant: 12
// construct: either branch, not to be foreseen
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_12_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        else
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            NativeMemory.Free(data);
        }
        else
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        else
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            NativeMemory.Free(data);
        }
        else
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        else
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            // released already
            Io.PrintLine("nothing to do");
        }
        else
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }
}
