// weakness: CWE-401
// variant: 15
// construct: switch (6)
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_15_NativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
    {
        byte* data = null;
        switch (6)
        {
            case 6:
                data = (byte*)NativeMemory.AlignedAlloc(128, 64);
                data[0] = (byte)'A';
                Io.PrintByte(data[0]);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                // the block is not released
                Io.PrintLine("nothing to do");
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
                data = Io.StaticBuffer;
                Io.PrintByte(data[0]);
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Io.PrintLine("nothing to do");
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
                data = Io.StaticBuffer;
                Io.PrintByte(data[0]);
                break;
        }
        switch (6)
        {
            case 6:
                Io.PrintLine("nothing to do");
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
                Io.PrintByte(data[0]);
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

    public static void GoodB2GElse()
    {
        byte* data = null;
        switch (6)
        {
            case 6:
                data = (byte*)NativeMemory.AlignedAlloc(128, 64);
                data[0] = (byte)'A';
                Io.PrintByte(data[0]);
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
                NativeMemory.AlignedFree(data);
                break;
        }
    }
}
