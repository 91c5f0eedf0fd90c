// weakness: CWE-415
// variant: 09
// construct: read-only field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_09_NativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        byte* data = null;
        if (Globals.ReadOnlyTrue)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
            NativeMemory.AlignedFree(data);
        }
        if (Globals.ReadOnlyTrue)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.ReadOnlyTrue)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Globals.ReadOnlyTrue)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Globals.ReadOnlyTrue)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.ReadOnlyTrue)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
            NativeMemory.AlignedFree(data);
        }
        if (Globals.ReadOnlyTrue)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Globals.ReadOnlyTrue)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
            NativeMemory.AlignedFree(data);
        }
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }
}
