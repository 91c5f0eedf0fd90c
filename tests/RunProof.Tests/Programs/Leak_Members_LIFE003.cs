// mistake: grows
// output: 3
using System.Runtime.InteropServices;

public struct Pair
{
    public nint Left;
    public nint Right;
}

public static class Program
{
    public static string Run()
    {
        Pair pair = default;
        pair.Left = Marshal.AllocHGlobal(65536);
        pair.Right = Marshal.AllocHGlobal(65536);
        Marshal.WriteByte(pair.Left, 1);
        Marshal.WriteByte(pair.Right, 2);
        return (Marshal.ReadByte(pair.Left) + Marshal.ReadByte(pair.Right)).ToString();
    }
}
