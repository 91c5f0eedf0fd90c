// weakness: CWE-761
// variant: 12
// construct: either branch, not to be foreseen
using System;
using Suite.Support;

namespace Cases.CWE761_12_Libc;

internal static unsafe class Case
{
    public static void Bad() // bad: LIFE009
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
        }
        else
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrueOrFalse())
        {
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
        else
        {
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

    public static void GoodB2G()
    {
        byte* data = null;
        if (Globals.ReturnsTrueOrFalse())
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
        }
        else
        {
            data = (byte*)Libc.Malloc(100);
            if (data == null)
            {
                Environment.FailFast("out of memory");
            }
            data[0] = (byte)'A';
        }
        if (Globals.ReturnsTrueOrFalse())
        {
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
        else
        {
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
}
