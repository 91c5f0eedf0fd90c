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

    public static byte Rows(int count)
    {
        var rows = new nint[count];
        rows[0] = Marshal.AllocHGlobal(16);
        return Marshal.ReadByte(rows[0]);
    }

    public static int Picture()
    {
        var picture = new Pixels(16);
        return picture.First;
    }

    public static void Handle(object o)
    {
        var handle = GCHandle.Alloc(o, GCHandleType.Pinned);
        *(byte*)handle.AddrOfPinnedObject() = 1;
    }
}

internal sealed unsafe class Pixels : IDisposable
{
    private int* _first;

    public Pixels(int size) => _first = (int*)NativeMemory.AllocZeroed((nuint)size);

    public int First => *_first;

    public void Dispose()
    {
        NativeMemory.Free(_first);
        _first = null;
    }
}
