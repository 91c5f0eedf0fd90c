// weakness: CWE-415
// variant: 15
// construct: switch (6)
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_15_NativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        byte* data = null;
        switch (6)
        {
            case 6:
                data = (byte*)NativeMemory.AlignedAlloc(128, 64);
                data[0] = (byte)'A';
                NativeMemory.AlignedFree(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                NativeMemory.AlignedFree(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        switch (6)
        {
            case 6:
                data = (byte*)NativeMemory.AlignedAlloc(128, 64);
                data[0] = (byte)'A';
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                NativeMemory.AlignedFree(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                data = (byte*)NativeMemory.AlignedAlloc(128, 64);
                data[0] = (byte)'A';
                break;
        }
        switch (6)
        {
            case 6:
                NativeMemory.AlignedFree(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        switch (6)
        {
            case 6:
                data = (byte*)NativeMemory.AlignedAlloc(128, 64);
                data[0] = (byte)'A';
                NativeMemory.AlignedFree(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                // released already
                Io.PrintLine("nothing to do");
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        switch (6)
        {
            case 6:
                data = (byte*)NativeMemory.AlignedAlloc(128, 64);
                data[0] = (byte)'A';
                NativeMemory.AlignedFree(data);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                // released already
                Io.PrintLine("nothing to do");
                break;
        }
    }
}
