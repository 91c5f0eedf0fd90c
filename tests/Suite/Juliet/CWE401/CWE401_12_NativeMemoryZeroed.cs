// weakness: CWE-401
// variant: 12
// construct: either branch, not to be foreseen
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_12_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004, LIFE003|LIFE004
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        else
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
        else
        {
            NativeMemory.Free(data);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = Io.StaticBuffer;
            Io.PrintByte(data[0]);
        }
        else
        {
            data = Io.StaticBuffer;
            Io.PrintByte(data[0]);
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        else
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            Io.PrintByte(data[0]);
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            NativeMemory.Free(data);
        }
        else
        {
            NativeMemory.Free(data);
        }
    }
}
