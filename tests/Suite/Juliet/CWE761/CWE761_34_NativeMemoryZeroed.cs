// weakness: CWE-761
// variant: 34
// construct: overlapping fields
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE761_34_NativeMemoryZeroed;

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

    public static void Bad() // bad: LIFE009 (or in BadSink)
    {
        byte* data = null;
        Union union = default;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        union.First = data;
        byte* last = union.Second;
        for (; *last != 0; last++)
        {
            if (*last == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        NativeMemory.Free(last);
    }

    public static void GoodB2G()
    {
        byte* data = null;
        Union union = default;
        data = (byte*)NativeMemory.AllocZeroed(10, 10);
        data[0] = (byte)'A';
        union.First = data;
        byte* last = union.Second;
        byte* cursor = last;
        for (; *cursor != 0; cursor++)
        {
            if (*cursor == (byte)'S')
            {
                Io.PrintLine("found");
                break;
            }
        }
        NativeMemory.Free(last);
    }
}
