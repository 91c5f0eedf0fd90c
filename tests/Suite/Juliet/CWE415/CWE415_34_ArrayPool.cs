// weakness: CWE-415
// variant: 34
// construct: overlapping fields
using System.Buffers;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.CWE415_34_ArrayPool;

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

    public static void Bad() // bad: LIFE006 (or in BadSink)
    {
        byte[] data = null!;
        Union union = default;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        ArrayPool<byte>.Shared.Return(data);
        union.First = data;
        byte[] last = union.Second;
        ArrayPool<byte>.Shared.Return(last);
    }

    public static void GoodG2B()
    {
        byte[] data = null!;
        Union union = default;
        data = ArrayPool<byte>.Shared.Rent(100);
        data[0] = (byte)'A';
        union.First = data;
        byte[] last = union.Second;
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
        // released already
        Io.PrintLine("nothing to do");
    }
}
