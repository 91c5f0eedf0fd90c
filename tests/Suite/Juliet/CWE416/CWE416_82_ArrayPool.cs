// weakness: CWE-416
// variant: 82
// construct: interface call
using System.Buffers;
using Suite.Support;

namespace Cases.CWE416_82_ArrayPool;

internal static unsafe class Case
{
    internal interface ISink
    {
        void Take(byte[] data);
    }

    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(data);
        Case.ISink sink = new BadSink();
        sink.Take(data);
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        Case.ISink sink = new GoodG2BSink();
        sink.Take(data);
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(data);
        Case.ISink sink = new GoodB2GSink();
        sink.Take(data);
    }
}

internal sealed unsafe class BadSink : Case.ISink
{
    public void Take(byte[] data)
    {
        Io.PrintByte(data[0]);
    }
}

internal sealed unsafe class GoodG2BSink : Case.ISink
{
    public void Take(byte[] data)
    {
        Io.PrintByte(data[0]);
        ArrayPool<byte>.Shared.Return(data);
    }
}

internal sealed unsafe class GoodB2GSink : Case.ISink
{
    public void Take(byte[] data)
    {
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
