// mistake: grows
// output: bad size 4
using System.Runtime.InteropServices;

public static class Program
{
    public static string Run()
    {
        try
        {
            Make(65537);
            return "made";
        }
        catch (ArgumentException)
        {
            var block = Make(65536);
            var four = Marshal.ReadByte(block);
            Marshal.FreeHGlobal(block);
            return "bad size " + four;
        }
    }

    private static nint Make(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        if (size % 2 != 0)
        {
            throw new ArgumentException("odd", nameof(size));
        }

        Marshal.WriteByte(block, 4);
        return block;
    }
}
