using System.Runtime.InteropServices;
using LifetimeAnalyzers;

internal static class Hashes
{
    [RequestHandler]
    public static byte Plain()
    {
        nint block = Heap.Malloc(1024);
        byte first = Marshal.ReadByte(block);
        Heap.Free(block);
        return first;
    }

    [RequestHandler]
    public static unsafe int Guarded(int count)
    {
        int* numbers = (int*)NativeMemory.AllocZeroed((nuint)count, sizeof(int));
        try
        {
            numbers = (int*)NativeMemory.Realloc(numbers, (nuint)count * 8);
            return numbers[0];
        }
        finally
        {
            NativeMemory.Free(numbers);
        }
    }

    [RequestHandler]
    public static async Task<byte> LaterAsync(Func<Task> work)
    {
        var block = Marshal.AllocHGlobal(16);
        try
        {
            await work();
            return Marshal.ReadByte(block);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }
}
