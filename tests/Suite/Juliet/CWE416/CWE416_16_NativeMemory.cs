// weakness: CWE-416
// variant: 16
// construct: while (true) with break
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_16_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        byte* data = null;
        while (true)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
            break;
        }
        while (true)
        {
            Io.PrintByte(data[0]);
            break;
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        while (true)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            break;
        }
        while (true)
        {
            Io.PrintByte(data[0]);
            NativeMemory.Free(data);
            break;
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        while (true)
        {
            data = (byte*)NativeMemory.Alloc(100);
            data[0] = (byte)'A';
            NativeMemory.Free(data);
            break;
        }
        while (true)
        {
            // not used any more
            Io.PrintLine("nothing to do");
            break;
        }
    }
}
