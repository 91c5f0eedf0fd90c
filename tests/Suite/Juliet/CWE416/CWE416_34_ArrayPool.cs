// weakness: CWE-416
// variant: 34
// construct: overlapping fields
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE416_34_ArrayPool;

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

    public static void Bad() // bad: LIFE007 (or in BadSink)
    {
        byte[] data = null!;
        Union union = default;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(data);
        union.First = data;
        byte[] last = union.Second;
        Io.PrintByte(last[0]);
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        Union union = default;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        union.First = data;
        byte[] last = union.Second;
        Io.PrintByte(last[0]);
        ArrayPool<byte>.Shared.Return(last);
    }

    public static void GoodB2G()
    {
        byte[] data = null!;
        Union union = default;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(data);
        union.First = data;
        byte[] last = union.Second;
        // not used any more
        Io.PrintLine("nothing to do");
    }
}
