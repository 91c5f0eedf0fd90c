using System.Buffers;
using System.Runtime.InteropServices;

internal static unsafe class Never
{
    public static int Native()
    {
        var p = (int*)NativeMemory.Alloc(16);
        *p = 3; // three
        return *p;
    }

    public static int Two()
    {
        var p = (int*)NativeMemory.Alloc(16);

        // The second one.
        var q = Marshal.AllocHGlobal(16);
        *p = 3;
        return *p + Marshal.ReadByte(q);
    }

    public static int Owner()
    {
        var owner = MemoryPool<byte>.Shared.Rent(16);
        return owner.Memory.Length;
    }

    public static void Handle(object o)
    {
        var handle = GCHandle.Alloc(o, GCHandleType.Pinned);
        *(byte*)handle.AddrOfPinnedObject() = 1;
    }
}
