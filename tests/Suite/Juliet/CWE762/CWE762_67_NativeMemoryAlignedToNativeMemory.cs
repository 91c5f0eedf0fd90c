// weakness: CWE-762
// variant: 67
// construct: structure
using System.Runtime.InteropServices;

namespace Cases.CWE762_67_NativeMemoryAlignedToNativeMemory;

internal static unsafe class Case
{
    internal struct Container
    {
        public byte* Field;
    }

    public static void Bad() // bad: LIFE008 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
        data[0] = (byte)'A';
        Container container = default;
        container.Field = data;
        BadSinks.BadSink(container);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        Container container = default;
        container.Field = data;
        GoodG2BSinks.GoodG2BSink(container);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.AlignedAlloc(128, 64);
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
        NativeMemory.Free(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(Case.Container container)
    {
        byte* data = container.Field;
        NativeMemory.Free(data);
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
