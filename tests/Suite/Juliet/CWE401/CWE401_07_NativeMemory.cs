// weakness: CWE-401
// variant: 07
// construct: private static int
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_07_NativeMemory;

internal static unsafe class Case
{
    private static int s_five = 5;

    public static void Bad() // bad: LIFE003|LIFE004
    {
        byte* data = null;
        if (s_five == 5)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (s_five == 5)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (s_five == 5)
        {
            data = Io.StaticBuffer;
            Io.PrintByte(data[0]);
        }
        if (s_five == 5)
        {
            Io.PrintLine("nothing to do");
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
            data = Io.StaticBuffer;
            Io.PrintByte(data[0]);
        }
        if (s_five == 5)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (s_five == 5)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (s_five == 5)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (s_five == 5)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (s_five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            NativeMemory.Free(data);
        }
    }
}
