// mistake: grows
// output: 9
using System.Runtime.InteropServices;

public sealed unsafe class Block : IDisposable
{
    private byte* _p = (byte*)NativeMemory.Alloc(65536);
    private bool _disposed;

    public int Value()
    {
        *_p = 9;
        return *_p;
    }

    public void Dispose()
    {
        _disposed = true;
    }
}

public static class Program
{
    public static string Run()
    {
        using var block = new Block();
        return block.Value().ToString();
    }
}
