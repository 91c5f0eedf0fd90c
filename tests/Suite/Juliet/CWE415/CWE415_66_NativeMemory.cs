// weakness: CWE-415
// variant: 66
// construct: array element
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_66_NativeMemory;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        byte*[] array = new byte*[5];
        array[2] = data;
        BadSinks.BadSink(array);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        byte*[] array = new byte*[5];
        array[2] = data;
        GoodG2BSinks.GoodG2BSink(array);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)NativeMemory.Alloc(100);
        data[0] = (byte)'A';
        NativeMemory.Free(data);
        byte*[] array = new byte*[5];
        array[2] = data;
        GoodB2GSinks.GoodB2GSink(array);
    }
}

internal static unsafe class BadSinks
{
    public static void BadSink(byte*[] array)
    {
        byte* data = array[2];
        NativeMemory.Free(data);
    }
}

internal static unsafe class GoodG2BSinks
{
    public static void GoodG2BSink(byte*[] array)
    {
        byte* data = array[2];
        NativeMemory.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(byte*[] array)
    {
        byte* data = array[2];
        // released already
        Io.PrintLine("nothing to do");
    }
}
