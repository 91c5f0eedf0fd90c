// weakness: CWE-590
// variant: 44
// construct: delegate
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_44_StackallocNativeMemory;

internal static unsafe class Case
{
    private delegate void Sink(byte* data);

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        byte* buffer = stackalloc byte[100];
        data = buffer;
        data[0] = (byte)'A';
        Sink sink = BadSink;
        sink(data);
    }

    private static void BadSink(byte* data)
    {
        NativeMemory.Free(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Sink sink = GoodG2BSink;
        sink(data);
    }

    private static void GoodG2BSink(byte* data)
    {
        NativeMemory.Free(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        byte* buffer = stackalloc byte[100];
        data = buffer;
        data[0] = (byte)'A';
        Sink sink = GoodB2GSink;
        sink(data);
    }

    private static void GoodB2GSink(byte* data)
    {
        Io.PrintByte(data[0]);
    }
}
