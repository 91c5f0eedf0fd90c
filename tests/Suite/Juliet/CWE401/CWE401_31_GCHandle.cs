// weakness: CWE-401
// variant: 31
// construct: copies
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_31_GCHandle;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        GCHandle copy = data;
        GCHandle last = copy;
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        GCHandle data = default;
        data = Io.StaticHandle;
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        GCHandle copy = data;
        GCHandle last = copy;
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        GCHandle copy = data;
        GCHandle last = copy;
        last.Free();
    }
}
