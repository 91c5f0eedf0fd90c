using System.Runtime.InteropServices;

public static unsafe class Blocks
{
    /// <summary>Makes one.</summary>
    public static void* Make(int size) => NativeMemory.Alloc((nuint)size);

    /// <summary>Takes one back.</summary>
    public static void Release(void* block) => NativeMemory.Free(block);

    /// <summary>Makes one with a first byte.</summary>
    [Obsolete("use Make")]
    public static nint Filled(byte first)
    {
        var block = Marshal.AllocHGlobal(16);
        Marshal.WriteByte(block, first);
        return block;
    }
}
