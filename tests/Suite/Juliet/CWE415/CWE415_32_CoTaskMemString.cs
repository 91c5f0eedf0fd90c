// weakness: CWE-415
// variant: 32
// construct: two references to one variable
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_32_CoTaskMemString;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(inner, (byte)'A');
            Marshal.FreeCoTaskMem(inner);
            *first = inner;
        }
        {
            nint inner = *second;
            Marshal.FreeCoTaskMem(inner);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(inner, (byte)'A');
            *first = inner;
        }
        {
            nint inner = *second;
            Marshal.FreeCoTaskMem(inner);
        }
    }

    public static void GoodB2G()
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Marshal.StringToCoTaskMemUTF8("Search");
            Marshal.WriteByte(inner, (byte)'A');
            Marshal.FreeCoTaskMem(inner);
            *first = inner;
        }
        {
            nint inner = *second;
            // released already
            Io.PrintLine("nothing to do");
        }
    }
}
