// weakness: CWE-590
// variant: 15
// construct: switch (6)
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_15_StackallocNativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        switch (6)
        {
            case 6:
                byte* buffer = stackalloc byte[100];
                data = buffer;
                data[0] = (byte)'A';
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                NativeMemory.Free(data);
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
                data = (byte*)NativeMemory.Alloc(100);
                data[0] = (byte)'A';
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                NativeMemory.Free(data);
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
                data = (byte*)NativeMemory.Alloc(100);
                data[0] = (byte)'A';
                break;
        }
        switch (6)
        {
            case 6:
                NativeMemory.Free(data);
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
                byte* buffer = stackalloc byte[100];
                data = buffer;
                data[0] = (byte)'A';
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Io.PrintByte(data[0]);
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
                byte* buffer = stackalloc byte[100];
                data = buffer;
                data[0] = (byte)'A';
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
                Io.PrintByte(data[0]);
                break;
        }
    }
}
