using System.Buffers;
using System.Runtime.InteropServices;

internal static unsafe class Wrong
{
    private static readonly ArrayPool<byte> s_pool = ArrayPool<byte>.Create();

    public static void Native()
    {
        var p = NativeMemory.Alloc(16);
        Marshal.FreeHGlobal((nint)p);
    }

    public static void Task()
    {
        nint p = Marshal.AllocCoTaskMem(16);
        Marshal.FreeHGlobal(p);
    }

    public static void Aligned()
    {
        var p = NativeMemory.AlignedAlloc(64, 64);
        NativeMemory.Free(p);
    }

    public static void Pool()
    {
        var buffer = s_pool.Rent(16);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }
}
