// weakness: CWE-416
// variant: 08
// construct: private method that returns a constant
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_08_GCHandle;

internal static unsafe class Case
{
    private static bool Yes() => true;

    private static bool No()
    {
        return false;
    }

    public static void Bad() // bad: LIFE007
    {
        GCHandle data = default;
        if (Yes())
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
            data.Free();
        }
        if (Yes())
        {
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
    }

    public static void GoodG2B()
    {
        GCHandle data = default;
        if (Yes())
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        }
        if (Yes())
        {
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
            data.Free();
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
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        }
        if (Yes())
        {
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
            data.Free();
        }
    }

    public static void GoodB2G()
    {
        GCHandle data = default;
        if (Yes())
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
            data.Free();
        }
        if (Yes())
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        GCHandle data = default;
        if (Yes())
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
            data.Free();
        }
        if (No())
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
