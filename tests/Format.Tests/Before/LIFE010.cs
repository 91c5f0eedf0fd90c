using LifetimeAnalyzers;

internal static class Escapes
{
    public static nint Made(int size)
    {
        using var scope = RequestScope.Begin();
        nint buffer = Heap.Emalloc(size);
        return buffer;
    }

    public static nint Zeroed(nuint count)
    {
        using (RequestScope.Begin())
        {
            nint buffer = Heap.Ecalloc(count, 4);
            return buffer;
        }
    }

    public static nint Grown(int size)
    {
        using var scope = RequestScope.Begin();
        nint buffer = Heap.Emalloc(size);
        buffer = Heap.Erealloc(buffer, size * 2);
        return buffer;
    }

    public static ReadOnlyMemory<byte> Viewed(int size)
    {
        using var scope = RequestScope.Begin();
        Memory<byte> memory = Heap.EmallocMemory<byte>(size);
        memory.Span[0] = 1;
        return memory;
    }
}
