// weakness: CWE-416
// variant: 34
// construct: overlapping fields
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_34_Libc;

internal static unsafe class Case
{
    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public byte* First;

        [FieldOffset(0)]
        public byte* Second;
    }

    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte* data = null;
        Union union = default;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Libc.Free(data);
        union.First = data;
        byte* last = union.Second;
        Io.PrintByte(last[0]);
    }

    public static void GoodG2B()
    {
        byte* data = null;
        Union union = default;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        union.First = data;
        byte* last = union.Second;
        Io.PrintByte(last[0]);
        Libc.Free(last);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        Union union = default;
        data = (byte*)Libc.Malloc(100);
        if (data == null)
        {
            Environment.FailFast("out of memory");
        }
        data[0] = (byte)'A';
        Libc.Free(data);
        union.First = data;
        byte* last = union.Second;
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
