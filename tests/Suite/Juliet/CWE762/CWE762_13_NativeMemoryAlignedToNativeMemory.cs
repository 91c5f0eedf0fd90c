// weakness: CWE-762
// variant: 13
// construct: constant of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_13_NativeMemoryAlignedToNativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        byte* data = null;
        if (Globals.ConstFive == 5)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Globals.ConstFive == 5)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.ConstFive == 5)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Globals.ConstFive == 5)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (Globals.ConstFive != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
        }
        if (Globals.ConstFive == 5)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.ConstFive == 5)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Globals.ConstFive == 5)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Globals.ConstFive == 5)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Globals.ConstFive != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            NativeMemory.AlignedFree(data);
        }
    }
}
