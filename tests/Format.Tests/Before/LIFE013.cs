using System.Runtime.InteropServices;

internal sealed unsafe class Buffer
{
    private readonly byte* _p;

    public Buffer(nuint size)
    {
        _p = (byte*)NativeMemory.Alloc(size);
    }

    public byte First => *_p;
}

internal class Two : IDisposable
{
    private nint _a = Marshal.AllocHGlobal(16);
    private nint _b = Marshal.AllocHGlobal(16);

    public int Sum => Marshal.ReadByte(_a) + Marshal.ReadByte(_b);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_a);
        _a = 0;
        GC.SuppressFinalize(this);
    }
}
