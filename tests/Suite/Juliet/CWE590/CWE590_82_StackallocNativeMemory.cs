// weakness: CWE-590
// variant: 82
// construct: interface call
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_82_StackallocNativeMemory;

internal static unsafe class Case
{
    internal interface ISink
    {
        void Take(byte* data);
    }

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        byte* buffer = stackalloc byte[100];
        data = buffer;
        data[0] = (byte)'A';
        Case.ISink sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Case.ISink sink = new GoodG2BSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        byte* buffer = stackalloc byte[100];
        data = buffer;
        data[0] = (byte)'A';
        Case.ISink sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.ISink
{
    public void Take(byte* data)
    {
        NativeMemory.Free(data);
    }
}

internal sealed unsafe class GoodG2BSink : Case.ISink
{
    public void Take(byte* data)
    {
        NativeMemory.Free(data);
    }
}

internal sealed unsafe class GoodB2GSink : Case.ISink
{
    public void Take(byte* data)
    {
        Io.PrintByte(data[0]);
    }
}
