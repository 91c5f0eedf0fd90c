// weakness: CWE-415
// variant: 54
// construct: argument through 4 more classes
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_54_GCHandle;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        data.Free();
        BadStep1.BadSink(data);
    }

    public static void GoodG2B()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        GoodG2BStep1.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        GCHandle data = default;
        data = GCHandle.Alloc(new byte[100], GCHandleType.Pinned);
        Marshal.WriteByte(data.AddrOfPinnedObject(), (byte)'A');
        data.Free();
        GoodB2GStep1.GoodB2GSink(data);
    }
}

internal static unsafe class BadStep1
{
    public static void BadSink(GCHandle data)
    {
        BadStep2.BadSink(data);
    }
}

internal static unsafe class BadStep2
{
    public static void BadSink(GCHandle data)
    {
        BadStep3.BadSink(data);
    }
}

internal static unsafe class BadStep3
{
    public static void BadSink(GCHandle data)
    {
        BadStep4.BadSink(data);
    }
}

internal static unsafe class BadStep4
{
    public static void BadSink(GCHandle data)
    {
        data.Free();
    }
}

internal static unsafe class GoodG2BStep1
{
    public static void GoodG2BSink(GCHandle data)
    {
        GoodG2BStep2.GoodG2BSink(data);
    }
}

internal static unsafe class GoodG2BStep2
{
    public static void GoodG2BSink(GCHandle data)
    {
        GoodG2BStep3.GoodG2BSink(data);
    }
}

internal static unsafe class GoodG2BStep3
{
    public static void GoodG2BSink(GCHandle data)
    {
        GoodG2BStep4.GoodG2BSink(data);
    }
}

internal static unsafe class GoodG2BStep4
{
    public static void GoodG2BSink(GCHandle data)
    {
        data.Free();
    }
}

internal static unsafe class GoodB2GStep1
{
    public static void GoodB2GSink(GCHandle data)
    {
        GoodB2GStep2.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep2
{
    public static void GoodB2GSink(GCHandle data)
    {
        GoodB2GStep3.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep3
{
    public static void GoodB2GSink(GCHandle data)
    {
        GoodB2GStep4.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep4
{
    public static void GoodB2GSink(GCHandle data)
    {
        // released already
        Io.PrintLine("nothing to do");
    }
}
