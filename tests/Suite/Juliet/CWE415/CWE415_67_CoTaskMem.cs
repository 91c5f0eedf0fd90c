// weakness: CWE-415
// variant: 67
// construct: structure
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_67_CoTaskMem;

internal static unsafe class Case
{
    internal struct Container
    {
        public nint Field;
    }

    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        Container container = default;
        container.Field = data;
        BadSinks.BadSink(container);
    }

    public static void GoodG2B()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Container container = default;
        container.Field = data;
        GoodG2BSinks.GoodG2BSink(container);
    }

    public static void GoodB2G()
    {
        nint data = 0;
        data = Marshal.AllocCoTaskMem(100);
        Marshal.WriteByte(data, (byte)'A');
        Marshal.FreeCoTaskMem(data);
        Container container = default;
        container.Field = data;
        GoodB2GSinks.GoodB2GSink(container);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(Case.Container container)
    {
        nint data = container.Field;
        Marshal.FreeCoTaskMem(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(Case.Container container)
    {
        nint data = container.Field;
        Marshal.FreeCoTaskMem(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(Case.Container container)
    {
        nint data = container.Field;
        // released already
        Io.PrintLine("nothing to do");
    }
}
