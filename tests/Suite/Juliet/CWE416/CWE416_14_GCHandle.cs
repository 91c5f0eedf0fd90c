// weakness: CWE-416
// variant: 14
// construct: static number of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_14_GCHandle;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007
    {
        GCHandle data = default;
        if (Globals.Five == 5)
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
            data.Free();
        }
        if (Globals.Five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
        }
    }

    public static void GoodG2B()
    {
        GCHandle data = default;
        if (Globals.Five == 5)
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        }
        if (Globals.Five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
            data.Free();
        }
    }

    public static void GoodG2BElse()
    {
        GCHandle data = default;
        if (Globals.Five != 5)
        {
            Io.PrintLine("nothing to do");
        }
        else
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        }
        if (Globals.Five == 5)
        {
            Io.PrintByte(Marshal.ReadByte(data.AddrOfPinnedObject()));
            data.Free();
        }
    }

    public static void GoodB2G()
    {
        GCHandle data = default;
        if (Globals.Five == 5)
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
            data.Free();
        }
        if (Globals.Five == 5)
        {
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2GElse()
    {
        GCHandle data = default;
        if (Globals.Five == 5)
        {
            data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
            Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
            data.Free();
        }
        if (Globals.Five != 5)
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
