// mistake: grows
// output: 8
using System.Runtime.InteropServices;

public class Block
{
    private readonly IntPtr _p;

    public Block(int size) => _p = Marshal.AllocHGlobal(size);

    public int Value()
    {
        Marshal.WriteByte(_p, 8);
        return Marshal.ReadByte(_p);
    }
}

public static class Program
{
    public static string Run()
    {
        var block = new Block(65536);
        var value = block.Value();
        (block as IDisposable)?.Dispose();
        return value.ToString();
    }
}
