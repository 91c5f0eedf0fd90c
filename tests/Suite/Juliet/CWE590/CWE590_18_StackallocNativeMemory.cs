// weakness: CWE-590
// variant: 18
// construct: goto
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_18_StackallocNativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        goto source;
        source:
        byte* buffer = stackalloc byte[100];
        data = buffer;
        data[0] = (byte)'A';
        goto sink;
        sink:
        NativeMemory.Free(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        goto source;
        source:
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        goto sink;
        sink:
        NativeMemory.Free(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        goto source;
        source:
        byte* buffer = stackalloc byte[100];
        data = buffer;
        data[0] = (byte)'A';
        goto sink;
        sink:
        Io.PrintByte(data[0]);
    }
}
