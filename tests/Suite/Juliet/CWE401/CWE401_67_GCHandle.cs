// weakness: CWE-401
// variant: 67
// construct: structure
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_67_GCHandle;

internal static unsafe class Case
{
    internal struct Container
    {
        public GCHandle Field;
    }

    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        Container container = default;
        container.Field = data;
        BadSinks.BadSink(container);
    }

    public static void GoodG2B()
    {
        GCHandle data = default;
        data = Io.StaticHandle;
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        Container container = default;
        container.Field = data;
        GoodG2BSinks.GoodG2BSink(container);
    }

    public static void GoodB2G()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        Container container = default;
        container.Field = data;
        GoodB2GSinks.GoodB2GSink(container);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(Case.Container container)
    {
        GCHandle data = container.Field;
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(Case.Container container)
    {
        GCHandle data = container.Field;
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(Case.Container container)
    {
        GCHandle data = container.Field;
        data.Free();
    }
}
