// weakness: CWE-761
// variant: 66
// construct: array element
using System;
using Suite.Support;

namespace Cases.CWE761_66_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        byte*[] array = new byte*[5];
        array[2] = data;
        BadSinks.BadSink(array);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
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
        for (; *data != 0; data++)
        {
            if (*data == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Libc.Free(data);
    }
}

internal static unsafe class GoodB2GSinks
{
    public static void GoodB2GSink(byte*[] array)
    {
        byte* data = array[2];
        byte* cursor = data;
        for (; *cursor != 0; cursor++)
        {
            if (*cursor == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        Libc.Free(data);
    }
}
