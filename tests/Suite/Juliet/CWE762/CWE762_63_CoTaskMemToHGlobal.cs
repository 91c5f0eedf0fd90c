// weakness: CWE-762
// variant: 63
// construct: variable passed by reference
using System.Runtime.InteropServices;

namespace Cases.CWE762_63_CoTaskMemToHGlobal;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        BadSinks.BadSink(ref data);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocHGlobal(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodG2BSinks.GoodG2BSink(ref data);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        GoodB2GSinks.GoodB2GSink(ref data);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(ref nint reference)
    {
        nint data = reference;
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(ref nint reference)
    {
        nint data = reference;
        Marshal.FreeHGlobal(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(ref nint reference)
    {
        nint data = reference;
        Marshal.FreeCoTaskMem(data);
    }
}
