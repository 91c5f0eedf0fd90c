// mistake: somebody else's 2
// output: mine 1
using System.Buffers;

public static class Program
{
    private static readonly ArrayPool<byte> s_pool = ArrayPool<byte>.Create();

    public static string Run()
    {
        var buffer = s_pool.Rent(1000);
        buffer[0] = 1;
        s_pool.Return(buffer);
        Other();
        int seen = buffer[0];
        return (seen == 1 ? "mine " : "somebody else's ") + seen;
    }

    private static void Other()
    {
        var buffer = s_pool.Rent(1000);
        buffer[0] = 2;
        s_pool.Return(buffer);
    }
}
