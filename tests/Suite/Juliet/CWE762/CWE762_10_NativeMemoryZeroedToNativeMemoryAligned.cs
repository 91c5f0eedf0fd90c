// weakness: CWE-762
// variant: 10
// construct: static field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE762_10_NativeMemoryZeroedToNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        if (Globals.True)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Globals.True)
        {
            NativeMemory.AlignedFree(data);
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
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Globals.True)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        if (Globals.True)
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Globals.True)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        if (Globals.False)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            NativeMemory.Free(data);
        }
    }
}
