// weakness: CWE-401
// variant: 21
// construct: private static flag that a callee tests
using System.Buffers;
using Suite.Support;

namespace Cases.CWE401_21_MemoryOwner;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE016|LIFE003|LIFE004 (or in BadSink)
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        Io.PrintByte(data.Memory.Span[0]);
        s_flagBad = true;
        BadSink(data);
    }

    private static bool s_flagBad;

    private static void BadSink(IMemoryOwner<byte> data)
    {
        if (s_flagBad)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }

    public static void GoodG2B()
    {
        IMemoryOwner<byte> data = null!;
        data = Io.StaticOwner;
        Io.PrintByte(data.Memory.Span[0]);
        s_flagGoodG2B = true;
        GoodG2BSink(data);
    }

    private static bool s_flagGoodG2B;

    private static void GoodG2BSink(IMemoryOwner<byte> data)
    {
        if (s_flagGoodG2B)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }

    public static void GoodB2G()
    {
        IMemoryOwner<byte> data = null!;
        data = MemoryPool<byte>.Shared.Rent(100);
        data.Memory.Span[0] = (byte)'A';
        Io.PrintByte(data.Memory.Span[0]);
        s_flagGoodB2G = true;
        GoodB2GSink(data);
    }

    private static bool s_flagGoodB2G;

    private static void GoodB2GSink(IMemoryOwner<byte> data)
    {
        if (s_flagGoodB2G)
        {
            data.Dispose();
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}
