// weakness: CWE-590
// variant: 67
// construct: structure
using System;
using Suite.Support;

namespace Cases.CWE590_67_LocalAddressLibc;

internal static unsafe class Case
{
    internal struct Container
    {
        public byte* Field;
    }

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        Container container = default;
        container.Field = data;
        BadSinks.BadSink(container);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Container container = default;
        container.Field = data;
        GoodG2BSinks.GoodG2BSink(container);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        int local = 5;
        data = (byte*)&local;
        data[0] = (byte)'A';
        Container container = default;
        container.Field = data;
        GoodB2GSinks.GoodB2GSink(container);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(Case.Container container)
    {
        byte* data = container.Field;
        Libc.Free(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(Case.Container container)
    {
        byte* data = container.Field;
        Libc.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(Case.Container container)
    {
        byte* data = container.Field;
        Io.PrintByte(data[0]);
    }
}
