using System.Runtime.InteropServices;
using LifetimeAnalyzers;

internal static class Tables
{
    // Squares of the small numbers.
    private static readonly nint s_squares = Heap.Emalloc(256);

    private static readonly nint s_cubes = Heap.Ecalloc(64, 4);

    public static byte First => (byte)(Marshal.ReadByte(s_squares) + Marshal.ReadByte(s_cubes));
}

internal static class Warm
{
    private static readonly byte s_first;

    static Warm()
    {
        nint block = Heap.Emalloc(16);
        s_first = Marshal.ReadByte(block);
    }

    public static byte First => s_first;
}
