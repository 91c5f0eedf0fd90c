// weakness: CWE-401
// variant: 32
// construct: two references to one variable
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_32_NativeMemoryAligned;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = null;
        byte** first = &data;
        byte** second = &data;
        {
            byte* inner = *first;
            inner = (byte*)NativeMemory.AlignedAlloc(128, 64);
            inner[0] = (byte)'A';
            Io.PrintByte(inner[0]);
            *first = inner;
        }
        {
            byte* inner = *second;
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        byte* data = null;
        byte** first = &data;
        byte** second = &data;
        {
            byte* inner = *first;
            inner = Io.StaticBuffer;
            Io.PrintByte(inner[0]);
            *first = inner;
        }
        {
            byte* inner = *second;
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        byte** first = &data;
        byte** second = &data;
        {
            byte* inner = *first;
            inner = (byte*)NativeMemory.AlignedAlloc(128, 64);
            inner[0] = (byte)'A';
            Io.PrintByte(inner[0]);
            *first = inner;
        }
        {
            byte* inner = *second;
            NativeMemory.AlignedFree(inner);
        }
    }
}
