// weakness: CWE-401
// variant: 61
// construct: result of another class's function
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_61_GCHandle;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        GCHandle data = BadMaker.Make();
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        GCHandle data = GoodG2BMaker.Make();
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        GCHandle data = GoodB2GMaker.Make();
        data.Free();
    }
}

internal static unsafe class BadMaker
{
    public static GCHandle Make()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        return data;
    }
}

internal static unsafe class GoodG2BMaker
{
    public static GCHandle Make()
    {
        GCHandle data = default;
        data = Io.StaticHandle;
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        return data;
    }
}

internal static unsafe class GoodB2GMaker
{
    public static GCHandle Make()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        return data;
    }
}
