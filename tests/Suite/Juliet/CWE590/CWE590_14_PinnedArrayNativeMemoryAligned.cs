// weakness: CWE-590
// variant: 14
// construct: static number of another class
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_14_PinnedArrayNativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        if (Globals.Five == 5)
        {
            data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
            data[0] = (byte)'A';
        }
        if (Globals.Five == 5)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.Five == 5)
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Globals.Five == 5)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodG2BElse()
    {
        byte* data = null;
        if (Globals.Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = (byte*)NativeMemory.AlignedAlloc(128, 64);
            data[0] = (byte)'A';
        }
        if (Globals.Five == 5)
        {
            NativeMemory.AlignedFree(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.Five == 5)
        {
            data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
            data[0] = (byte)'A';
        }
        if (Globals.Five == 5)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodB2GElse()
    {
        byte* data = null;
        if (Globals.Five == 5)
        {
            data = (byte*)Unsafe.AsPointer(ref GC.AllocateArray<byte>(100, pinned: true)[0]);
            data[0] = (byte)'A';
        }
        if (Globals.Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintByte(data[0]);
        }
    }
}
