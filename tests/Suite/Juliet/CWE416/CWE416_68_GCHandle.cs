// weakness: CWE-416
// variant: 68
// construct: static field of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_68_GCHandle;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        BadPlace.Data = data;
        data.Free();
        BadPlace.BadSink();
    }

    public static void GoodG2B()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        GoodG2BPlace.Data = data;
        GoodG2BPlace.GoodG2BSink();
    }

    public static void GoodB2G()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        GoodB2GPlace.Data = data;
        data.Free();
        GoodB2GPlace.GoodB2GSink();
    }
}

internal static unsafe class BadPlace
{
    internal static GCHandle Data = default;

    public static void BadSink()
    {
        GCHandle data = Data;
        Data = default;
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
    }
}

internal static unsafe class GoodG2BPlace
{
    internal static GCHandle Data = default;

    public static void GoodG2BSink()
    {
        GCHandle data = Data;
        Data = default;
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        data.Free();
    }
}

internal static unsafe class GoodB2GPlace
{
    internal static GCHandle Data = default;

    public static void GoodB2GSink()
    {
        GCHandle data = Data;
        Data = default;
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
