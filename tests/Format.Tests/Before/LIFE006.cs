using System.Buffers;
using System.Runtime.InteropServices;

internal static unsafe class Twice
{
    public static void Straight()
    {
        var p = NativeMemory.Alloc(16);
        NativeMemory.Free(p);
        NativeMemory.Free(p);
    }

    public static void Branch(bool b)
    {
        var p = NativeMemory.Alloc(16);
        if (b)
        {
            NativeMemory.Free(p);
        }

        NativeMemory.Free(p);
    }

    public static void Pool()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16);
        buffer[0] = 1;
        ArrayPool<byte>.Shared.Return(buffer);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
