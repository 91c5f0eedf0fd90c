// weakness: CWE-401
// variant: 34
// construct: overlapping fields
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE401_34_ArrayPool;

internal static unsafe class Case
{
    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public byte[] First;

        [FieldOffset(0)]
        public byte[] Second;
    }

    public static void Bad() // bad: LIFE016|LIFE003|LIFE004 (or in BadSink)
    {
        byte[] data = null!;
        Union union = default;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        union.First = data;
        byte[] last = union.Second;
        // the block is not released
        Io.PrintLine("nothing to do");
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        Union union = default;
        data = new byte[100];
        Io.PrintByte(data[0]);
        union.First = data;
        byte[] last = union.Second;
        Io.PrintLine("nothing to do");
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        Union union = default;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        Io.PrintByte(data[0]);
        union.First = data;
        byte[] last = union.Second;
        ArrayPool<byte>.Shared.Return(last);
    }
}
