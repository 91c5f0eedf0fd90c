// weakness: CWE-415
// variant: 04
// construct: private const bool
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_04_NativeMemoryAligned;

internal static unsafe class Case
{
    private const bool Yes = true;
    private const bool No = false;

    public static void Bad() // bad: LIFE006
    {
        byte* data = null;
        if (Yes)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
            NativeMemory.AlignedFree(data);
        }
        if (Yes)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Yes)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Yes)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (No)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Yes)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Yes)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
            NativeMemory.AlignedFree(data);
        }
        if (Yes)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Yes)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
            NativeMemory.AlignedFree(data);
        }
        if (No)
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
