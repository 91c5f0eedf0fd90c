// weakness: CWE-590
// variant: 54
// construct: argument through 4 more classes
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE590_54_StackallocNativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        byte* buffer = stackalloc byte[100];
        data = buffer;
        data[0] = (byte)'A';
        BadStep1.BadSink(data);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        GoodG2BStep1.GoodG2BSink(data);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        byte* buffer = stackalloc byte[100];
        data = buffer;
        data[0] = (byte)'A';
        GoodB2GStep1.GoodB2GSink(data);
    }
}

internal static unsafe class BadStep1
{
    public static void BadSink(byte* data)
    {
        BadStep2.BadSink(data);
    }
}

internal static unsafe class BadStep2
{
    public static void BadSink(byte* data)
    {
        BadStep3.BadSink(data);
    }
}

internal static unsafe class BadStep3
{
    public static void BadSink(byte* data)
    {
        BadStep4.BadSink(data);
    }
}

internal static unsafe class BadStep4
{
    public static void BadSink(byte* data)
    {
        NativeMemory.Free(data);
    }
}

internal static unsafe class GoodG2BStep1
{
    public static void GoodG2BSink(byte* data)
    {
        GoodG2BStep2.GoodG2BSink(data);
    }
}

internal static unsafe class GoodG2BStep2
{
    public static void GoodG2BSink(byte* data)
    {
        GoodG2BStep3.GoodG2BSink(data);
    }
}

internal static unsafe class GoodG2BStep3
{
    public static void GoodG2BSink(byte* data)
    {
        GoodG2BStep4.GoodG2BSink(data);
    }
}

internal static unsafe class GoodG2BStep4
{
    public static void GoodG2BSink(byte* data)
    {
        NativeMemory.Free(data);
    }
}

internal static unsafe class GoodB2GStep1
{
    public static void GoodB2GSink(byte* data)
    {
        GoodB2GStep2.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep2
{
    public static void GoodB2GSink(byte* data)
    {
        GoodB2GStep3.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep3
{
    public static void GoodB2GSink(byte* data)
    {
        GoodB2GStep4.GoodB2GSink(data);
    }
}

internal static unsafe class GoodB2GStep4
{
    public static void GoodB2GSink(byte* data)
    {
        Io.PrintByte(data[0]);
    }
}
