// weakness: CWE-401
// variant: 52
// construct: argument through 2 more classes
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_52_GCHandle;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        BadStep1.BadSink(data);
    }

    public static void GoodG2B()
    {
        GCHandle data = default;
        data = Io.StaticHandle;
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        GoodG2BStep1.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        GoodB2GStep1.GoodB2GSink(data);
    }
}

internal static unsafe class BadStep1
{
    public static void BadSink(GCHandle data)
    {
        BadStep2.BadSink(data);
    }
}

internal static unsafe class BadStep2
{
    public static void BadSink(GCHandle data)
    {
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BStep1
{
    public static void GoodG2BSink(GCHandle data)
    {
        GoodG2BStep2.GoodG2BSink(data);
    }
}

internal static unsafe class GoodG2BStep2
{
    public static void GoodG2BSink(GCHandle data)
    {
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GStep1
{
    public static void GoodB2GSink(GCHandle data)
    {
        GoodB2GStep2.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep2
{
    public static void GoodB2GSink(GCHandle data)
    {
        data.Free();
    }
}
