// weakness: CWE-401
// variant: 82
// construct: interface call
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_82_NativeMemory;

internal static unsafe class Case
{
    internal interface ISink
    {
        void Take(byte* data);
    }

    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        Case.ISink sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        Case.ISink sink = new GoodG2BSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        Case.ISink sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.ISink
{
    public void Take(byte* data)
    {
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal sealed unsafe class GoodG2BSink : Case.ISink
{
    public void Take(byte* data)
    {
        Io.PrintLine("nothing to do");
    }
}

internal sealed unsafe class GoodB2GSink : Case.ISink
{
    public void Take(byte* data)
    {
        NativeMemory.Free(data);
    }
}
