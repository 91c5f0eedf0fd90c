// weakness: CWE-401
// variant: 15
// construct: switch (6)
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_15_GCHandle;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004
    {
        GCHandle data = default;
        switch (6)
        {
            case 6:
                data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
                Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
                Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                // the block is not released
                Io.PrintLine("nothing to do");
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodG2B()
    {
        GCHandle data = default;
        switch (6)
        {
            case 6:
                data = Io.StaticHandle;
                Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodG2BElse()
    {
        GCHandle data = default;
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                data = Io.StaticHandle;
                Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
                break;
        }
        switch (6)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2G()
    {
        GCHandle data = default;
        switch (6)
        {
            case 6:
                data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
                Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
                Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (6)
        {
            case 6:
                data.Free();
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
    }

    public static void GoodB2GElse()
    {
        GCHandle data = default;
        switch (6)
        {
            case 6:
                data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
                Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
                Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
                break;
            default:
                Io.PrintLine("nothing to do");
                break;
        }
        switch (5)
        {
            case 6:
                Io.PrintLine("nothing to do");
                break;
            default:
                data.Free();
                break;
        }
    }
}
