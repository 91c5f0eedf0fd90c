// weakness: CWE-416
// variant: 05
// construct: private static bool
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_05_NativeMemory;

internal static unsafe class Case
{
    private static bool s_yes = true;
    private static bool s_no = false;

    public static void Bad() // bad: LIFE007
    {
        byte* data = null;
        if (s_yes)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (s_yes)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (s_yes)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (s_yes)
        {
            Io.PrintByte(data[0]);
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (s_no)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (s_yes)
        {
            Io.PrintByte(data[0]);
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (s_yes)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (s_yes)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (s_yes)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (s_no)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
