using System.Runtime.InteropServices;

namespace Properties;

public class Open
{
    public IntPtr Handle { get; private set; } = Marshal.AllocHGlobal(16);
}

public sealed class Incomplete : IDisposable
{
    private readonly nint _other = Marshal.AllocHGlobal(8);

    public nint Handle { get; private set; } = Marshal.AllocHGlobal(16);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_other);
    }
}

public sealed class OnlyRead
{
    public nint Handle { get; } = Marshal.AllocHGlobal(16);
}

public sealed class InConstructor
{
    public InConstructor(int size)
    {
        Handle = Marshal.AllocHGlobal(size);
        Size = size;
    }

    public nint Handle { get; private set; }

    public int Size { get; }
}

public unsafe class Pointer
{
    public byte* Data { get; private set; } = (byte*)NativeMemory.Alloc(16);
}

public sealed class Handles
{
    public Handles(object target) => Pin = GCHandle.Alloc(target);

    public GCHandle Pin { get; private set; }
}

public sealed class InitOnly
{
    public nint Handle { get; init; } = Marshal.AllocHGlobal(16); // not repaired: after its release the property could not be cleared
}

public sealed class Replaced : IDisposable
{
    public nint Handle { get; private set; } = Marshal.AllocHGlobal(16);

    public void Grow(int size)
    {
        Handle = Marshal.AllocHGlobal(size);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(Handle);
        Handle = 0;
    }
}
