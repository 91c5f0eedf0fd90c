// weakness: CWE-762
// variant: 64
// construct: untyped pointer or object
using System.Runtime.InteropServices;

namespace Cases.CWE762_64_CoTaskMemStringToBstr;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        void* untyped = &data;
        BadSinks.BadSink(untyped);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.StringToBSTR("Search");
        Marshal.WriteByte(data, (byte)'A');
        void* untyped = &data;
        GoodG2BSinks.GoodG2BSink(untyped);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.StringToCoTaskMemUTF8("Search");
        Marshal.WriteByte(data, (byte)'A');
        void* untyped = &data;
        GoodB2GSinks.GoodB2GSink(untyped);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(void* untyped)
    {
        nint data = *(nint*)untyped;
        Marshal.FreeBSTR(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(void* untyped)
    {
        nint data = *(nint*)untyped;
        Marshal.FreeBSTR(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(void* untyped)
    {
        nint data = *(nint*)untyped;
        Marshal.FreeCoTaskMem(data);
    }
}
