// weakness: CWE-416
// variant: 32
// construct: two references to one variable
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_32_HGlobalString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(inner, (byte)'A');
            Marshal.FreeHGlobal(inner);
            *first = inner;
        }
        {
            nint inner = *second;
            Io.PrintByte(Marshal.ReadByte(inner));
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(inner, (byte)'A');
            *first = inner;
        }
        {
            nint inner = *second;
            Io.PrintByte(Marshal.ReadByte(inner));
            Marshal.FreeHGlobal(inner);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Marshal.StringToHGlobalUni("Search");
            Marshal.WriteByte(inner, (byte)'A');
            Marshal.FreeHGlobal(inner);
            *first = inner;
        }
        {
            nint inner = *second;
            // not used any more
            Io.PrintLine("nothing to do");
        }
    }
}
