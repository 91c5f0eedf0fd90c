// weakness: CWE-761
// variant: 32
// construct: two references to one variable
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_32_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        byte** first = &data;
        byte** second = &data;
        {
            byte* inner = *first;
            inner = (byte*)NativeMemory.Alloc(100);
            inner[0] = (byte)'A';
            *first = inner;
        }
        {
            byte* inner = *second;
            for (; *inner != 0; inner++)
            {
                if (*inner == (byte)'S')
                {
                    Io.PrintLine("found");
                    break;
                }
            }
            NativeMemory.Free(inner);
        }
    }

    public static void GoodB2G()
    {
        byte* data = null;
        byte** first = &data;
        byte** second = &data;
        {
            byte* inner = *first;
            inner = (byte*)NativeMemory.Alloc(100);
            inner[0] = (byte)'A';
            *first = inner;
        }
        {
            byte* inner = *second;
            byte* cursor = inner;
            for (; *cursor != 0; cursor++)
            {
                if (*cursor == (byte)'S')
                {
                    Io.PrintLine("found");
                    break;
                }
            }
            NativeMemory.Free(inner);
        }
    }
}
