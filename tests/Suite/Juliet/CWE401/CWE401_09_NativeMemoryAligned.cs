// weakness: CWE-401
// variant: 09
// construct: read-only field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_09_NativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
    {
        byte* data = null;
        if (Globals.ReadOnlyTrue)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (Globals.ReadOnlyTrue)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.ReadOnlyTrue)
        {
            data = Io.StaticBuffer;
            Io.PrintByte(data[0]);
        }
        if (Globals.ReadOnlyTrue)
        {
            Io.PrintLine("nothing to do");
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
            data = Io.StaticBuffer;
            Io.PrintByte(data[0]);
        }
        if (Globals.ReadOnlyTrue)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.ReadOnlyTrue)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (Globals.ReadOnlyTrue)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Globals.ReadOnlyTrue)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (Globals.ReadOnlyFalse)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            NativeMemory.AlignedFree(data);
        }
    }
}
