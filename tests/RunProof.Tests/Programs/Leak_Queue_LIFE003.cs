// mistake: grows
// output: 4
using System.Collections.Generic;
using System.Runtime.InteropServices;

public static class Program
{
    public static string Run()
    {
        var queue = new Queue<nint>();
        for (int i = 0; i < 4; i++)
        {
            queue.Enqueue(Marshal.AllocHGlobal(30000));
        }

        var count = queue.Count;
        if (queue.TryDequeue(out nint block))
        {
            Marshal.FreeHGlobal(block);
        }

        return count.ToString();
    }
}
