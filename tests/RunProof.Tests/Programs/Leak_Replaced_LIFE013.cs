// mistake: grows
// output: 2
using System.Runtime.InteropServices;

public sealed class Buffer : IDisposable
{
    private IntPtr _p;

    public void Resize(int size)
    {
        _p = Marshal.AllocHGlobal(size);
        Marshal.WriteByte(_p, 2);
    }

    public byte First() => Marshal.ReadByte(_p);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
        _p = IntPtr.Zero;
    }
}

public static class Program
{
    public static string Run()
    {
        using var buffer = new Buffer();
        Action<int> resize = buffer.Resize;
        resize(65536);
        resize(16);
        return buffer.First().ToString();
    }
}
