// weakness: CWE-762
// variant: 32
// construct: two references to one variable
using System.Runtime.InteropServices;

namespace Cases.CWE762_32_CoTaskMemStringToBstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
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
            Marshal.FreeBSTR(inner);
        }
    }

    public static void GoodG2B()
    {
        nint data = 0;
        nint* first = &data;
        nint* second = &data;
        {
            nint inner = *first;
            inner = Marshal.StringToBSTR("Search");
            Marshal.WriteByte(inner, (byte)'A');
            *first = inner;
        }
        {
            nint inner = *second;
            Marshal.FreeBSTR(inner);
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
            *first = inner;
        }
        {
            nint inner = *second;
            Marshal.FreeCoTaskMem(inner);
        }
    }
}
