using System.Buffers;

namespace LifetimeAnalyzers;

/// <summary>Request memory behind <see cref="Memory{T}"/>: knows when its scope has ended.</summary>
internal sealed unsafe class RequestMemory<T> : MemoryManager<T>
    where T : unmanaged
{
    private readonly RequestScope _scope;
    private readonly int _generation;
    private readonly int _count;
    private nint _block;

    public RequestMemory(RequestScope scope, int count, string file, int line)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _scope = scope;
        _count = count;
        _generation = scope.Generation;
        _block = scope.Ecalloc(count, sizeof(T), file, line);
    }

    public override Span<T> GetSpan() => new((void*)Live(), _count);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_count, nameof(elementIndex));
        return new MemoryHandle((T*)Live() + elementIndex);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        nint block = Interlocked.Exchange(ref _block, 0);
        if (disposing && block != 0 && !_scope.IsEnded && _scope.Generation == _generation)
        {
            _scope.Efree(block, "", 0);
        }
    }

    private nint Live()
    {
        if (_scope.IsEnded || _scope.Generation != _generation)
        {
            throw new RequestScopeEndedException(_scope.Name);
        }

        nint block = Volatile.Read(ref _block);
        ObjectDisposedException.ThrowIf(block == 0, this);
        return block;
    }
}
