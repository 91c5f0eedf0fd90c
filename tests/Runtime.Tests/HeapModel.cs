namespace LifetimeAnalyzers.Tests;

/// <summary>What a scope should hold, kept beside it: which blocks with which content, how much in use, the most so far.</summary>
internal sealed unsafe class HeapModel(RequestScope scope, Random random)
{
    private const int MaxBlocks = 400;

    private readonly List<Block> _blocks = [];
    private readonly HashSet<nint> _pointers = [];
    private long _used;
    private long _peak;
    private long _mostReal;
    private int _number;
    private int _steps;

    private readonly record struct Block(nint Pointer, int Size, int Number);

    /// <summary>Does one random thing to both, and compares.</summary>
    public void Step()
    {
        int what = random.Next(100);
        if (_blocks.Count == 0 || (what < 48 && _blocks.Count < MaxBlocks))
        {
            Allocate();
        }
        else if (what < 90)
        {
            Release(random.Next(_blocks.Count));
        }
        else if (what < 98)
        {
            Resize(random.Next(_blocks.Count));
        }
        else if (what == 98)
        {
            scope.ResetPeakUsage();
            _peak = _used;
        }
        else if (random.Next(20) == 0)
        {
            scope.Collect();
            _mostReal = 0;
        }

        Compare();
    }

    /// <summary>Releases what is left.</summary>
    public void ReleaseAll()
    {
        while (_blocks.Count > 0)
        {
            Release(_blocks.Count - 1);
        }

        Compare();
    }

    private void Compare()
    {
        if (scope.GetUsage() != _used || scope.GetPeakUsage() != _peak)
        {
            Assert.Fail($"step {_steps}: usage {scope.GetUsage()} for {_used}, peak {scope.GetPeakUsage()} for {_peak}");
        }

        if (++_steps % 64 == 0)
        {
            long real = scope.GetUsage(real: true);
            _mostReal = Math.Max(_mostReal, real);
            Assert.True(real >= _used && real % (64 << 10) == 0 && scope.GetPeakUsage(real: true) >= real);
        }
    }

    private int Size() => random.Next(1000) switch
    {
        < 700 => random.Next(0, 300),
        < 930 => random.Next(0, 4000),
        < 990 => random.Next(0, 40_000),
        < 999 => random.Next(0, 600_000),
        _ => random.Next(0, 5_000_000),
    };

    private void Allocate()
    {
        int size = Size();
        bool ambient = random.Next(2) == 0;
        nint pointer;
        if (random.Next(4) == 0)
        {
            pointer = ambient ? Heap.Ecalloc(1, size) : scope.Ecalloc(1, size);
            int dirty = new Span<byte>((void*)pointer, size).IndexOfAnyExcept((byte)0);
            Assert.Equal(-1, dirty);
        }
        else
        {
            pointer = ambient ? Heap.Emalloc(size) : scope.Emalloc(size);
        }

        Add(pointer, size);
        Charge(Heap.RoundedSize(size));
    }

    private void Resize(int index)
    {
        Block block = _blocks[index];
        Check(block, block.Size);
        int size = Size();
        nint moved = Heap.Erealloc(block.Pointer, size);
        Check(block with { Pointer = moved }, Math.Min(size, block.Size));
        Remove(index);
        Add(moved, size);

        // A block that moves is there twice for a moment.
        if (moved != block.Pointer)
        {
            Charge(Heap.RoundedSize(size));
            _used -= Heap.RoundedSize(block.Size);
        }
        else
        {
            Charge(Heap.RoundedSize(size) - Heap.RoundedSize(block.Size));
        }
    }

    private void Release(int index)
    {
        Block block = _blocks[index];
        Check(block, block.Size);
        Remove(index);
        if (random.Next(2) == 0)
        {
            Heap.Efree(block.Pointer);
        }
        else
        {
            scope.Efree(block.Pointer);
        }

        _used -= Heap.RoundedSize(block.Size);
    }

    private void Charge(long bytes)
    {
        _used += bytes;
        _peak = Math.Max(_peak, _used);
    }

    private void Add(nint pointer, int size)
    {
        Assert.True(pointer % 16 == 0 && _pointers.Add(pointer));
        var block = new Block(pointer, size, ++_number);
        new Span<byte>((void*)pointer, size).Fill((byte)block.Number);
        _blocks.Add(block);
    }

    private void Remove(int index)
    {
        _pointers.Remove(_blocks[index].Pointer);
        _blocks[index] = _blocks[^1];
        _blocks.RemoveAt(_blocks.Count - 1);
    }

    private static void Check(Block block, int bytes)
    {
        if (new Span<byte>((void*)block.Pointer, bytes).IndexOfAnyExcept((byte)block.Number) >= 0)
        {
            Assert.Fail($"block {block.Number} of {block.Size} bytes was overwritten");
        }
    }
}
