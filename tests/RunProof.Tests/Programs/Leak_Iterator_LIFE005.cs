// mistake: grows
// output: 0 1 2
using System.Runtime.InteropServices;

public static class Program
{
    public static string Run()
    {
        var seen = new System.Collections.Generic.List<int>();
        foreach (var n in Numbers())
        {
            seen.Add(n);
            if (n == 2)
                break;
        }

        return string.Join(" ", seen);
    }

    private static System.Collections.Generic.IEnumerable<int> Numbers()
    {
        nint block = Marshal.AllocHGlobal(65536);
        for (var i = 0; i < 100; i++)
        {
            Marshal.WriteInt32(block, i);
            yield return Marshal.ReadInt32(block);
        }

        Marshal.FreeHGlobal(block);
    }
}
