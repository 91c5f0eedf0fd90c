// weakness: CWE-415
// variant: 62
// construct: out parameter of another class's function
using System.Buffers;
using Suite.Support;

namespace Cases.CWE415_62_ArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        BadMaker.Make(out byte[] data);
        ArrayPool<byte>.Shared.Return(data);
        ArrayPool<byte>.Shared.Return(data);
    }

    public static void GoodG2B()
    {
        GoodG2BMaker.Make(out byte[] data);
        ArrayPool<byte>.Shared.Return(data);
    }

    public static void GoodB2G()
    {
        GoodB2GMaker.Make(out byte[] data);
        ArrayPool<byte>.Shared.Return(data);
        // released already
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class BadMaker
{
    public static void Make(out byte[] data)
    {
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
    }
}

internal static unsafe class GoodG2BMaker
{
    public static void Make(out byte[] data)
    {
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
    }
}

internal static unsafe class GoodB2GMaker
{
    public static void Make(out byte[] data)
    {
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
    }
}
