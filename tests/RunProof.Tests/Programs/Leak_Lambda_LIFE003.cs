// mistake: grows
// output: 3 6
using System.Runtime.InteropServices;

public static class Program
{
    public static string Run()
    {
        Func<int, int> twice = n =>
        {
            var block = Marshal.AllocHGlobal(65536);
            Marshal.WriteInt32(block, n * 2);
            return Marshal.ReadInt32(block);
        };
        return Once(3) + " " + twice(3);

        static int Once(int n)
        {
            nint block = Marshal.AllocHGlobal(65536);
            Marshal.WriteInt32(block, n);
            return Marshal.ReadInt32(block);
        }
    }
}
