// weakness: CWE-416
// variant: 17
// construct: for, once
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_17_NativeMemoryZeroed;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        byte* data = null;
        for (int i = 0; i < 1; i++)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        for (int i = 0; i < 1; i++)
        {
            Io.PrintByte(data[0]);
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        for (int i = 0; i < 1; i++)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
        }
        for (int i = 0; i < 1; i++)
        {
            Io.PrintByte(data[0]);
            NativeMemory.Free(data);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        for (int i = 0; i < 1; i++)
        {
            data = (byte*)NativeMemory.AllocZeroed(10, 10);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
        }
        for (int i = 0; i < 1; i++)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
