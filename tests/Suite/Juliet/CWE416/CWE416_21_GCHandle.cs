// weakness: CWE-416
// variant: 21
// construct: private static flag that a callee tests
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_21_GCHandle;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        data.Free();
        s_flagBad = true;
        BadSink(data);
    }

    private static bool s_flagBad;

    private static void BadSink(GCHandle data)
    {
        if (s_flagBad)
        {
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }

    public static void GoodG2B()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        s_flagGoodG2B = true;
        GoodG2BSink(data);
    }

    private static bool s_flagGoodG2B;

    private static void GoodG2BSink(GCHandle data)
    {
        if (s_flagGoodG2B)
        {
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
            data.Free();
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }

    public static void GoodB2G()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        data.Free();
        s_flagGoodB2G = true;
        GoodB2GSink(data);
    }

    private static bool s_flagGoodB2G;

    private static void GoodB2GSink(GCHandle data)
    {
        if (s_flagGoodB2G)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
        else
        {
            Io.PrintLine("not asked for");
        }
    }
}
