// weakness: CWE-590
// variant: 32
// construct: two references to one variable
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_32_StackallocNativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        byte** first = &data;
        byte** second = &data;
        {
            byte* inner = *first;
            byte* buffer = stackalloc byte[100];
            inner = buffer;
            inner[0] = (byte)'A';
            *first = inner;
        }
        {
            byte* inner = *second;
            NativeMemory.Free(inner);
        }
    }

    public static void GoodG2B()
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
            byte* buffer = stackalloc byte[100];
            inner = buffer;
            inner[0] = (byte)'A';
            *first = inner;
        }
        {
            byte* inner = *second;
            Io.PrintByte(inner[0]);
        }
    }
}
