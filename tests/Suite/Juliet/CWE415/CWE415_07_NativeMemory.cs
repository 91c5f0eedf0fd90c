// weakness: CWE-415
// variant: 07
// construct: private static int
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_07_NativeMemory;

internal static unsafe class Case
{
    private static int s_five = 5;

    public static void Bad() // bad: LIFE006
    {
        byte* data = null;
        if (s_five == 5)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (s_five == 5)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (s_five == 5)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (s_five == 5)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (s_five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (s_five == 5)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (s_five == 5)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (s_five == 5)
        {
            // released already
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (s_five == 5)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (s_five != 5)
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
