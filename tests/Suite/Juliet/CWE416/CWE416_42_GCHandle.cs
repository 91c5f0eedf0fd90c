// weakness: CWE-416
// variant: 42
// construct: result of a function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_42_GCHandle;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        GCHandle data = BadSource();
        data.Free();
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
    }

    private static GCHandle BadSource()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        return data;
    }

    public static void GoodG2B()
    {
        GCHandle data = GoodG2BSource();
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        data.Free();
    }

    private static GCHandle GoodG2BSource()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        return data;
    }

    public static void GoodB2G()
    {
        GCHandle data = GoodB2GSource();
        data.Free();
        // not used any more
        Io.PrintLine("nothing to do");
    }

    private static GCHandle GoodB2GSource()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        return data;
    }
}
