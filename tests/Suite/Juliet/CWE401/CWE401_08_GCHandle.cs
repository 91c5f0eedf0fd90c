// weakness: CWE-401
// variant: 08
// construct: private method that returns a constant
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_08_GCHandle;

internal static unsafe class Case
{
    private static bool Yes() => true;

    private static bool No()
    {
        return false;
    }

    public static void Bad() // bad: LIFE003|LIFE004
    {
        GCHandle data = default;
        if (Yes())
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
        if (Yes())
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        GCHandle data = default;
        if (Yes())
        {
            data = Io.StaticHandle;
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
        if (Yes())
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2BElse()
    {
        GCHandle data = default;
        if (No())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Io.StaticHandle;
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
        if (Yes())
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        GCHandle data = default;
        if (Yes())
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
        if (Yes())
        {
            data.Free();
        }
    }

    public static void GoodB2GElse()
    {
        GCHandle data = default;
        if (Yes())
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
        if (No())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data.Free();
        }
    }
}
