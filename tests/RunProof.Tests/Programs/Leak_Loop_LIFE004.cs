// mistake: grows
// output: 12
using System.Runtime.InteropServices;

public static class Program
{
    public static string Run()
    {
        int sum = 0;
        foreach (var n in new[] { 1, -2, 3, 8 })
        {
            IntPtr block = Marshal.AllocHGlobal(65536);
            if (n < 0)
                continue;

            Marshal.WriteInt32(block, n);
            sum += Marshal.ReadInt32(block);
            Marshal.FreeHGlobal(block);
        }

        return sum.ToString();
    }
}
