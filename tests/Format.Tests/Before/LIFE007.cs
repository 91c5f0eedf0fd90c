using System.Buffers;
using System.Runtime.InteropServices;

internal static unsafe class After
{
    public static int Read()
    {
        var p = (int*)NativeMemory.Alloc(16);
        *p = 5;
        NativeMemory.Free(p);
        return *p;
    }

    public static void Print()
    {
        var p = (int*)NativeMemory.Alloc(16);
        *p = 5;
        NativeMemory.Free(p);
        Console.WriteLine(*p);
    }

    public static int Pool()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16);
        buffer[0] = 1;
        ArrayPool<byte>.Shared.Return(buffer);
        int first = buffer[0];
        return first;
    }
}
