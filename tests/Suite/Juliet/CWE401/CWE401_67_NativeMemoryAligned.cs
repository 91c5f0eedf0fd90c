// weakness: CWE-401
// variant: 67
// construct: structure
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_67_NativeMemoryAligned;

internal static unsafe class Case
{
    internal struct Container
    {
        public byte* Field;
    }

    public static void Bad() // bad: LIFE003|LIFE004 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        Container container = default;
        container.Field = data;
        BadSinks.BadSink(container);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = Io.StaticBuffer;
        Io.PrintByte(data[0]);
        Container container = default;
        container.Field = data;
        GoodG2BSinks.GoodG2BSink(container);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
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
        // the block is not released
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(Case.Container container)
    {
        byte* data = container.Field;
        Io.PrintLine("nothing to do");
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(Case.Container container)
    {
        byte* data = container.Field;
        NativeMemory.AlignedFree(data);
    }
}
