// weakness: CWE-416
// variant: 10
// construct: static field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_10_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (Globals.True)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Globals.True)
        {
            Io.PrintByte(data[0]);
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Globals.True)
        {
            Io.PrintByte(data[0]);
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (Globals.True)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (Globals.False)
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
