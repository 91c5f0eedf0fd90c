// weakness: CWE-415
// variant: 14
// construct: static number of another class
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_14_GCHandle;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006
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
            data.Free();
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
            // released already
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
            // released already
            Io.PrintLine("nothing to do");
        }
    }
}
