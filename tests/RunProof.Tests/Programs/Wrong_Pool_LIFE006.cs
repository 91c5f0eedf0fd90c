// mistake: one buffer for two
// output: a buffer each
using System.Buffers;

public static class Program
{
    public static string Run()
    {
        Twice();
        var one = ArrayPool<byte>.Shared.Rent(3_000_000);
        var two = ArrayPool<byte>.Shared.Rent(3_000_000);
        var result = ReferenceEquals(one, two) ? "one buffer for two" : "a buffer each";
        ArrayPool<byte>.Shared.Return(one);
        if (!ReferenceEquals(one, two))
        {
            ArrayPool<byte>.Shared.Return(two);
        }

        return result;
    }

    private static void Twice()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(3_000_000);
        buffer[0] = 1;
        ArrayPool<byte>.Shared.Return(buffer);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
