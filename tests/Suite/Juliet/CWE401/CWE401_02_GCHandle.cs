// weakness: CWE-401
// variant: 02
// construct: if (true)
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_02_GCHandle;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
    {
        GCHandle data = default;
        if (true)
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
        if (true)
        {
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        GCHandle data = default;
        if (true)
        {
            data = Io.StaticHandle;
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
        if (true)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2BElse()
    {
        GCHandle data = default;
        if (false)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = Io.StaticHandle;
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
        if (true)
        {
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        GCHandle data = default;
        if (true)
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
        if (true)
        {
            data.Free();
        }
    }

    public static void GoodB2GElse()
    {
        GCHandle data = default;
        if (true)
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
        if (false)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data.Free();
        }
    }
}
