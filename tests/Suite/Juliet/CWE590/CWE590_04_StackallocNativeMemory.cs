// weakness: CWE-590
// variant: 04
// construct: private const bool
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_04_StackallocNativeMemory;

internal static unsafe class Case
{
    private const bool Yes = true;
    private const bool No = false;

    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        if (Yes)
        {
            byte* buffer = stackalloc byte[100];
            data = buffer;
            data[0] = (byte)'A';
        }
        if (Yes)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Yes)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Yes)
        {
            NativeMemory.Free(data);
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
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Yes)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Yes)
        {
            byte* buffer = stackalloc byte[100];
            data = buffer;
            data[0] = (byte)'A';
        }
        if (Yes)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Yes)
        {
            byte* buffer = stackalloc byte[100];
            data = buffer;
            data[0] = (byte)'A';
        }
        if (No)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(data[0]);
        }
    }
}
