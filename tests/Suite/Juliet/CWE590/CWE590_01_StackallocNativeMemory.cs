// weakness: CWE-590
// variant: 01
// construct: baseline
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_01_StackallocNativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        byte* buffer = stackalloc byte[100];
        data = buffer;
        data[0] = (byte)'A';
        NativeMemory.Free(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        byte* buffer = stackalloc byte[100];
        data = buffer;
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
    }
}
