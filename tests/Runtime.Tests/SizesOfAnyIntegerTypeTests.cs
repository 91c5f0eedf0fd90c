namespace LifetimeAnalyzers.Tests;

/// <summary>Calls compile without a cast whatever integer type the size has; what is no size is a clear error.</summary>
public sealed class SizesOfAnyIntegerTypeTests
{
    [Fact]
    public unsafe void Sizes_compile_without_a_cast()
    {
        using var scope = RequestScope.Begin();
        byte b = 16;
        short s = 16;
        ushort us = 16;
        int i = 16;
        uint u = 16;
        long l = 16;
        ulong ul = 16;
        nint n = 16;
        nuint nu = 16;
        const int Constant = 16;
        nint[] blocks =
        [
            Heap.Emalloc(16), Heap.Emalloc(16u), Heap.Emalloc(Constant), Heap.Emalloc(b), Heap.Emalloc(s), Heap.Emalloc(us), Heap.Emalloc(i),
            Heap.Emalloc(u), Heap.Emalloc(l), Heap.Emalloc(ul), Heap.Emalloc(n), Heap.Emalloc(nu), Heap.Emalloc(nu * 2 + 1), Heap.Emalloc(i * 2),
            Heap.Emalloc(sizeof(long)), Heap.Emalloc((nuint)i), scope.Emalloc(i), scope.Emalloc(16), scope.Emalloc(nu),
            Heap.Ecalloc(i, sizeof(int)), Heap.Ecalloc(nu, nu), Heap.Ecalloc(4, 4), Heap.SafeEmalloc(i, 8, 4), Heap.SafeEmalloc(nu, nu, nu),
            Heap.Pemalloc(i, false), Heap.Pemalloc(nu, false), (nint)Heap.Emalloc<int>(i), (nint)Heap.Emalloc<int>(nu), (nint)Heap.Ecalloc<int>(3),
        ];
        Assert.DoesNotContain(0, blocks);
        Assert.Equal(blocks.Length, blocks.Distinct().Count());
        foreach (nint block in blocks)
        {
            Heap.Efree(block);
        }

        Assert.Equal(0, Heap.MemoryGetUsage());
        nint[] process =
        [
            Heap.Malloc(16), Heap.Malloc(i), Heap.Malloc(nu), Heap.Malloc(nu * 2), Heap.Calloc(i, 4), Heap.Calloc(nu, nu), Heap.SafeMalloc(i, i, 0),
            Heap.Realloc(Heap.Malloc(i), i * 2), Heap.Realloc((nint)0, nu), Heap.Pemalloc(i, true), (nint)Heap.Malloc<long>(i), (nint)Heap.Calloc<long>(nu),
        ];
        foreach (nint block in process)
        {
            Heap.Free(block);
        }
    }
}
