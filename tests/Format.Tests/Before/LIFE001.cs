using System.Runtime.InteropServices;
using LifetimeAnalyzers;

internal static unsafe class Handlers
{
    [RequestHandler]
    public static int Raw(nuint size)
    {
        // Two megabytes a request.
        var buffer = (byte*)NativeMemory.Alloc(size);
        buffer[0] = 1;
        return buffer[0];
    }

    [RequestHandler]
    public static int Counted(int count)
    {
        int* numbers = (int*)NativeMemory.AllocZeroed((nuint)count, sizeof(int));
        numbers = (int*)NativeMemory.Realloc(numbers, (nuint)count * 8);
        return numbers[0];
    }

    [RequestHandler]
    public static int Global(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        return Marshal.ReadByte(block);
    }

    [RequestHandler]
    public static void Own(int size)
    {
        var block = Heap.Malloc(size);
        Console.WriteLine(block);
    }
}
