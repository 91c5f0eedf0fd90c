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

internal sealed class Names : IDisposable
{
    private readonly Dictionary<string, nint> _names = new();

    public void Add(string name) => _names.Add(name, Marshal.StringToHGlobalAnsi(name));

    public void Dispose() => _names.Clear();
}

internal class Pins
{
    private readonly List<GCHandle> _pins = new();

    public void Add(byte[] data)
    {
        _pins.Add(GCHandle.Alloc(data, GCHandleType.Pinned));
    }
}

internal sealed class Slots : IDisposable
{
    private readonly nint[] _slots = new nint[4];

    public void Fill()
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            _slots[i] = Marshal.AllocHGlobal(64);
        }
    }

    public void Dispose()
    {
    }
}

internal sealed class Replaced : IDisposable
{
    private readonly Dictionary<int, nint> _blocks = new();

    public void Set(int key, int size) => _blocks[key] = Marshal.AllocHGlobal(size);

    public void Remove(int key)
    {
        _blocks.Remove(key);
    }

    public void Dispose()
    {
        foreach (nint block in _blocks.Values)
        {
            Marshal.FreeHGlobal(block);
        }
    }
}
