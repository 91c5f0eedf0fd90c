using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

public sealed partial class RequestScope
{
    private static readonly RequestScopeOptions s_defaults = new();
    private static readonly AsyncLocal<RequestScope?> s_ambient = new();
    private static readonly ConcurrentDictionary<nint, Block> s_blocks = new();
    private static long s_ids;

    private readonly Lock2 _gate = new();
    private readonly RequestScopeOptions _options;
    private readonly List<Delegate> _cleanups = [];
    private readonly List<RequestScope> _children = [];
    private readonly HashSet<nint> _live = [];
    private readonly long[] _counts = new long[8];
    private readonly long[] _amounts = new long[8];
    private long _limit;
    private long _used;
    private long _peak;
    private int _ended;
    private int _generation;
    private int _requests;
    private long _faults;

    private sealed class Lock2;

    private readonly record struct Block(RequestScope Scope, ulong Asked, long Size, string File, int Line, MemoryFunction Function);

    private RequestScope(RequestScopeOptions options, bool persistent)
    {
        _options = options;
        Name = options.Name;
        Id = Interlocked.Increment(ref s_ids);
        IsPersistent = persistent;
        Parent = options.Ambient ? Current : null;
        _limit = options.MemoryLimit;
    }

    internal int Generation => _generation;

    private static RequestScope? Ambient => s_ambient.Value;

    internal static bool Owns(nint block) => s_blocks.ContainsKey(block);

    internal static void ReleaseAnywhere(nint block)
    {
        if (block == 0)
        {
            return;
        }

        if (!s_blocks.TryGetValue(block, out Block found))
        {
            throw new InvalidFreeException(InvalidFreeKind.NotRequestMemory, block);
        }

        found.Scope.Release(block);
    }

    /// <inheritdoc cref="Heap.TryEmalloc(long, out nint, string, int)"/>
    public bool TryEmalloc(long bytes, [Allocates("Emalloc")] out nint block, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        TryEmalloc((ulong)bytes, out block, file, line);

    /// <inheritdoc cref="Heap.TryEmalloc(long, out nint, string, int)"/>
    public bool TryEmalloc(ulong bytes, [Allocates("Emalloc")] out nint block, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        try
        {
            block = Emalloc(bytes, file, line);
            return true;
        }
        catch (Exception e) when (e is MemoryLimitExceededException or OutOfMemoryException)
        {
            block = 0;
            return false;
        }
    }

    private RequestScope Enter()
    {
        if (_options.Ambient)
        {
            s_ambient.Value = this;
            Parent?._children.Add(this);
        }

        return this;
    }

    private unsafe nint Allocate(MemoryFunction function, ulong bytes, string file, int line)
    {
        if (bytes > long.MaxValue)
        {
            AllocationSize.Overflow(bytes, 1, 0);
        }

        lock (_gate)
        {
            if (IsEnded)
            {
                throw new RequestScopeEndedException(Name);
            }

            if (_options.FaultInjection is { } fault && ++_faults == fault.FailNth)
            {
                throw new SimulatedOutOfMemoryException(function.ToString(), (long)bytes, _faults);
            }

            long size = (long)((Math.Max(bytes, 1) + 15) & ~15UL);
            for (RequestScope? scope = this; scope is not null; scope = scope.Parent)
            {
                if (scope._limit >= 0 && scope._used + size > scope._limit)
                {
                    throw new MemoryLimitExceededException(scope._limit, scope._used, (long)bytes, file, line);
                }
            }

            nint block = (nint)(function == MemoryFunction.Ecalloc ? NativeMemory.AllocZeroed((nuint)size) : NativeMemory.Alloc((nuint)size));
            Charge(size);
            _live.Add(block);
            _counts[(int)function]++;
            _amounts[(int)function] += (long)bytes;
            s_blocks[block] = new Block(this, bytes, size, file, line, function);
            return block;
        }
    }

    private void Charge(long size)
    {
        for (RequestScope? scope = this; scope is not null; scope = scope.Parent)
        {
            scope._used += size;
            scope._peak = Math.Max(scope._peak, scope._used);
        }
    }

    private unsafe nint Reallocate(nint block, ulong bytes, string file, int line)
    {
        if (block == 0)
        {
            return Allocate(MemoryFunction.Erealloc, bytes, file, line);
        }

        if (!s_blocks.TryGetValue(block, out Block old) || old.Scope != this)
        {
            throw new InvalidFreeException(InvalidFreeKind.NotRequestMemory, block);
        }

        nint moved = Allocate(MemoryFunction.Erealloc, bytes, file, line);
        NativeMemory.Copy((void*)block, (void*)moved, (nuint)Math.Min(old.Asked, bytes));
        Release(block);
        return moved;
    }

    private unsafe void Release(nint block)
    {
        if (block == 0)
        {
            return;
        }

        lock (_gate)
        {
            if (!_live.Remove(block))
            {
                throw new InvalidFreeException(InvalidFreeKind.NotRequestMemory, block);
            }

            s_blocks.TryRemove(block, out Block old);
            Charge(-old.Size);
            _counts[(int)MemoryFunction.Efree]++;
            _amounts[(int)MemoryFunction.Efree] += old.Size;
            NativeMemory.Free((void*)block);
        }
    }

    private bool SetLimit(long bytes)
    {
        if (bytes >= 0 && bytes < _used)
        {
            return false;
        }

        _limit = bytes;
        return true;
    }

    private long Usage(bool real) => _used;

    private long Peak(bool real) => _peak;

    private void ResetPeaks() => _peak = _used;

    private long CollectPages() => 0;

    private unsafe nint PromoteBlock(nint block)
    {
        if (!s_blocks.TryGetValue(block, out Block old))
        {
            throw new InvalidFreeException(InvalidFreeKind.NotRequestMemory, block);
        }

        nint moved = Heap.Malloc(old.Asked);
        NativeMemory.Copy((void*)block, (void*)moved, (nuint)old.Asked);
        Release(block);
        return moved;
    }

    private MemoryStatistics TakeStatistics() => new([.. _counts], [.. _amounts]);

    private LeakReport MakeLeakReport()
    {
        lock (_gate)
        {
            IEnumerable<LeakSite> sites = _live.Select(b => s_blocks[b])
                .GroupBy(b => (b.File, b.Line, b.Function))
                .OrderBy(g => g.Key.File, StringComparer.Ordinal).ThenBy(g => g.Key.Line)
                .Select(g => new LeakSite(g.Key.File, g.Key.Line, g.Key.Function.ToString(), g.Count(), g.Sum(b => (long)b.Asked)));
            return new LeakReport(Name, _options.Debug ? [.. sites] : []);
        }
    }

    private void AddCleanup(Delegate cleanup)
    {
        lock (_gate)
        {
            if (IsEnded)
            {
                throw new RequestScopeEndedException(Name);
            }

            _cleanups.Add(cleanup);
        }
    }

    private bool CompleteRequest()
    {
        if (!IsPersistent)
        {
            throw new InvalidOperationException("Only a persistent scope counts requests; begin it with BeginPersistent.");
        }

        if (IsEnded)
        {
            throw new RequestScopeEndedException(Name);
        }

        if (_options.MaxRequests == 0 || ++_requests < _options.MaxRequests)
        {
            return false;
        }

        _requests = 0;
        EndMemory(RunCleanups().AsTask().GetAwaiter().GetResult());
        return true;
    }

    private async ValueTask<List<Exception>?> RunCleanups()
    {
        List<Exception>? failed = null;
        while (_cleanups.Count > 0)
        {
            Delegate cleanup = _cleanups[^1];
            _cleanups.RemoveAt(_cleanups.Count - 1);
            try
            {
                if (cleanup is Func<ValueTask> asynchronous)
                {
                    await asynchronous();
                }
                else
                {
                    ((Action)cleanup)();
                }
            }
            catch (Exception e)
            {
                (failed ??= []).Add(e);
            }
        }

        return failed;
    }

    private void End()
    {
        ValueTask ending = EndAsync();
        if (!ending.IsCompletedSuccessfully)
        {
            ending.AsTask().GetAwaiter().GetResult();
        }
    }

    private ValueTask EndAsync()
    {
        if (IsEnded)
        {
            return default;
        }

        if (s_ambient.Value == this)
        {
            s_ambient.Value = Parent;
        }

        return Finish();

        async ValueTask Finish()
        {
            foreach (RequestScope child in _children.ToArray())
            {
                await child.EndAsync();
            }

            List<Exception>? failed = await RunCleanups();
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                Parent?._children.Remove(this);
                EndMemory(failed);
            }
        }
    }

    private void EndMemory(List<Exception>? failed)
    {
        LeakReport report = MakeLeakReport();
        if (report.TotalBlocks > 0)
        {
            if (_options.OnLeaks is { } listen)
            {
                listen(report);
            }
            else
            {
                Console.Error.WriteLine(report);
            }
        }

        foreach (nint block in _live.ToArray())
        {
            Release(block);
        }

        _generation++;
        if (failed is not null)
        {
            if (_options.OnCleanupError is { } handler)
            {
                failed.ForEach(handler);
            }
            else
            {
                throw new AggregateException("Clean-ups of the request scope failed.", failed);
            }
        }
    }
}
