// weakness: CWE-401
// variant: 32
// construct: two references to one variable
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_32_CoTaskMem;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(inner, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(inner));
            *first = inner;
        }
        {
            nint inner = *second;
            // the block is not released
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Io.StaticAddress;
            Io.PrintByte(Marshal.ReadByte(inner));
            *first = inner;
        }
        {
            nint inner = *second;
            Io.PrintLine("nothing to do");
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Marshal.AllocCoTaskMem(100);
            Marshal.WriteByte(inner, (byte)'A');
            Io.PrintByte(Marshal.ReadByte(inner));
            *first = inner;
        }
        {
            nint inner = *second;
            Marshal.FreeCoTaskMem(inner);
        }
    }
}
