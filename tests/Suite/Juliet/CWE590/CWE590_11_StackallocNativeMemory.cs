// weakness: CWE-590
// variant: 11
// construct: method of another class that returns a constant
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_11_StackallocNativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        if (Globals.ReturnsTrue())
        {
            byte* buffer = stackalloc byte[100];
            data = buffer;
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrue())
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.ReturnsTrue())
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrue())
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (Globals.ReturnsFalse())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrue())
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.ReturnsTrue())
        {
            byte* buffer = stackalloc byte[100];
            data = buffer;
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrue())
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Globals.ReturnsTrue())
        {
            byte* buffer = stackalloc byte[100];
            data = buffer;
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsFalse())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(data[0]);
        }
    }
}
