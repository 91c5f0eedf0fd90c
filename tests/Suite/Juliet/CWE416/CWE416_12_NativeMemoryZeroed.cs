// weakness: CWE-416
// variant: 12
// construct: either branch, not to be foreseen
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_12_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        else
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Io.PrintByte(data[0]);
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        else
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            Io.PrintByte(data[0]);
            NativeMemory.Free(data);
        }
        else
        {
            Io.PrintByte(data[0]);
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        else
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        if (Globals.ReturnsTrueOrFalse())
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
