// weakness: CWE-415
// variant: 18
// construct: goto
using System.Buffers;
using Suite.Support;

namespace Cases.CWE415_18_ArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
    {
        byte[] data = null!;
        goto source;
        source:
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(data);
        goto sink;
        sink:
        ArrayPool<byte>.Shared.Return(data);
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        goto source;
        source:
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        goto sink;
        sink:
        ArrayPool<byte>.Shared.Return(data);
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        goto source;
        source:
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(data);
        goto sink;
        sink:
        // released already
        Io.PrintLine("nothing to do");
    }
}
