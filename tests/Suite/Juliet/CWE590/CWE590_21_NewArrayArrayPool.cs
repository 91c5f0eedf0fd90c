// weakness: CWE-590
// variant: 21
// construct: private static flag that a callee tests
using System.Buffers;
using Suite.Support;

namespace Cases.CWE590_21_NewArrayArrayPool;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte[] data = null!;
        data = new byte[100];
        data[0] = (byte)'A';
        s_flagBad = true;
        BadSink(data);
    }

    private static bool s_flagBad;

    private static void BadSink(byte[] data)
    {
        if (s_flagBad)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        s_flagGoodG2B = true;
        GoodG2BSink(data);
    }

    private static bool s_flagGoodG2B;

    private static void GoodG2BSink(byte[] data)
    {
        if (s_flagGoodG2B)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        data = new byte[100];
        data[0] = (byte)'A';
        s_flagGoodB2G = true;
        GoodB2GSink(data);
    }

    private static bool s_flagGoodB2G;

    private static void GoodB2GSink(byte[] data)
    {
        if (s_flagGoodB2G)
        {
            Io.PrintByte(data[0]);
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}
