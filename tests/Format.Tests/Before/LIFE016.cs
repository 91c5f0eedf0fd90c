using System.Buffers;

internal static class Pools
{
    public static int Early(int size)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        if (buffer[0] == 0)
        {
            return 1;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return 0;
    }

    public static int Own(ArrayPool<char> pool, int size)
    {
        var buffer = pool.Rent(size);
        if (buffer[0] == 'x')
            return 1;
        pool.Return(buffer, clearArray: true);
        return 0;
    }
}
