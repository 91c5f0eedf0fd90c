// mistake: a new buffer each time
// output: one buffer again and again
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

public static class Program
{
    private static readonly ArrayPool<byte> s_pool = ArrayPool<byte>.Create();

    public static string Run()
    {
        var seen = new HashSet<int>();
        for (var i = 0; i < 5; i++)
        {
            Serve(early: true, seen);
        }

        return seen.Count == 1 ? "one buffer again and again" : "a new buffer each time";
    }

    private static void Serve(bool early, HashSet<int> seen)
    {
        var buffer = s_pool.Rent(1000);
        seen.Add(RuntimeHelpers.GetHashCode(buffer));
        if (early)
        {
            return;
        }

        s_pool.Return(buffer);
    }
}
