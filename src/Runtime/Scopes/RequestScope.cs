using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers;

/// <summary>
/// The interval after which request memory is released. Begin it synchronously in the frame that ends it; it follows the
/// request over <c>await</c> and to the tasks and threads the request starts. All members are thread-safe, except that
/// memory must not be used while another thread ends the scope.
/// </summary>
public sealed partial class RequestScope : IDisposable, IAsyncDisposable
{
    /// <summary>Begins a scope and, unless the options say otherwise, makes it <see cref="Current"/>. It is nested in the current one.</summary>
    /// <param name="options">How the scope behaves; null for the defaults.</param>
    public static RequestScope Begin(RequestScopeOptions? options = null) => new RequestScope(options ?? s_defaults, ScopeMode.None).Enter();

    /// <summary>Begins a scope for code that serves many requests and never ends it: released only by <c>Efree</c>, or by recycling (<see cref="RequestCompleted"/>).</summary>
    /// <param name="options">How the scope behaves; null for the defaults.</param>
    public static RequestScope BeginPersistent(RequestScopeOptions? options = null) => new RequestScope(options ?? s_defaults, ScopeMode.Persistent).Enter();

    /// <summary>The scope that is open here; null when there is none, or when it has ended.</summary>
    public static RequestScope? Current => Ambient is { IsEnded: false } scope ? scope : null;

    /// <summary>The scope that is open here.</summary>
    /// <exception cref="NoRequestScopeException">None is.</exception>
    /// <exception cref="RequestScopeEndedException">The one that this code was started in has ended.</exception>
    public static RequestScope Required
    {
        get
        {
            RequestScope scope = Ambient ?? throw new NoRequestScopeException();
            return scope.IsEnded ? throw new RequestScopeEndedException(scope.Name) : scope;
        }
    }

    /// <summary>Identifies the scope in traces and logs; unique in the process, from 1.</summary>
    public long Id { get; }

    /// <summary>The name given in the options, or null.</summary>
    public string? Name { get; }

    /// <summary>The scope this one is nested in; null when it is outermost.</summary>
    public RequestScope? Parent { get; }

    /// <summary>Whether it was begun by <see cref="BeginPersistent"/>.</summary>
    public bool IsPersistent => (_mode & ScopeMode.Persistent) != 0;

    /// <summary>Whether its memory has been released for good.</summary>
    public bool IsEnded => Volatile.Read(ref _state) == Ended;

    /// <summary>Bytes that may be in use at once; <see cref="RequestScopeOptions.Unlimited"/> for no limit.</summary>
    public long MemoryLimit => Volatile.Read(ref _limit);

    /// <summary>Changes the limit.</summary>
    /// <param name="bytes">The new limit, or <see cref="RequestScopeOptions.Unlimited"/>.</param>
    /// <returns>False, with the limit unchanged, when more than that is in use already.</returns>
    public bool TrySetMemoryLimit(long bytes) => SetLimit(bytes);

    /// <summary>Bytes in use, blocks rounded up to their size class.</summary>
    /// <param name="real">True for the bytes that the scope holds from the system's pages instead.</param>
    public long GetUsage(bool real = false) => Usage(real);

    /// <summary>The highest <see cref="GetUsage"/> since the scope began or <see cref="ResetPeakUsage"/>.</summary>
    /// <param name="real">As in <see cref="GetUsage"/>.</param>
    public long GetPeakUsage(bool real = false) => Peak(real);

    /// <summary>Lets the peaks start again from what is in use now.</summary>
    public void ResetPeakUsage() => ResetPeaks();

    /// <summary>Gives back pages on which no block is left.</summary>
    /// <returns>Bytes given back.</returns>
    public long Collect() => CollectPages();

    /// <summary>Moves a block out of the scope into process lifetime: it is copied to a <c>Malloc</c> block, and released here.</summary>
    /// <param name="block">A block of this scope.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The new block; release it with <see cref="Heap.Free(nint)"/>.</returns>
    /// <exception cref="InvalidFreeException">The pointer is no live block of this scope.</exception>
    [Allocates("Malloc")]
    public nint Promote([Releases("Emalloc")] nint block, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => PromoteBlock(block, file, line);

    /// <summary>Calls and bytes per function, if they are collected.</summary>
    public MemoryStatistics Statistics => TakeStatistics();

    /// <summary>What has not been released so far; empty unless the scope runs in debug mode.</summary>
    public LeakReport GetLeakReport() => MakeLeakReport();

    /// <summary>Runs <paramref name="cleanup"/> when the scope ends (or is recycled), before its memory is released; last registered, first run.</summary>
    /// <exception cref="RequestScopeEndedException">The scope has ended.</exception>
    public void RegisterCleanup(Action cleanup) => AddCleanup(cleanup ?? throw new ArgumentNullException(nameof(cleanup)));

    /// <summary>Runs <paramref name="cleanup"/> with <paramref name="state"/>; otherwise as <see cref="RegisterCleanup(Action)"/>.</summary>
    /// <exception cref="RequestScopeEndedException">The scope has ended.</exception>
    public void RegisterCleanup<TState>(Action<TState> cleanup, TState state)
    {
        ArgumentNullException.ThrowIfNull(cleanup);
        AddCleanup(() => cleanup(state));
    }

    /// <summary>Disposes <paramref name="disposable"/> when the scope ends; otherwise as <see cref="RegisterCleanup(Action)"/>.</summary>
    /// <exception cref="RequestScopeEndedException">The scope has ended.</exception>
    public void RegisterForDispose([Owned] IDisposable disposable) => AddCleanup((disposable ?? throw new ArgumentNullException(nameof(disposable))).Dispose);

    /// <summary>Awaits <paramref name="cleanup"/> when the scope ends by <see cref="DisposeAsync"/>; <see cref="Dispose"/> blocks for it.</summary>
    /// <exception cref="RequestScopeEndedException">The scope has ended.</exception>
    public void RegisterAsyncCleanup(Func<ValueTask> cleanup) => AddCleanup(cleanup ?? throw new ArgumentNullException(nameof(cleanup)));

    /// <summary>
    /// Persistent scopes: says that one more request has been served. Raises the growth alarm when it is due, and
    /// recycles the scope after <see cref="RequestScopeOptions.MaxRequests"/> of them: clean-ups run, all memory is
    /// released, every pointer into it is invalid, and the scope goes on empty.
    /// </summary>
    /// <returns>Whether the scope was recycled.</returns>
    /// <exception cref="InvalidOperationException">The scope is not persistent.</exception>
    /// <exception cref="RequestScopeEndedException">The scope has ended.</exception>
    public bool RequestCompleted() => CompleteRequest();

    /// <summary>Ends the scope: nested scopes end first, then clean-ups run, then all memory is released. A second call does nothing.</summary>
    /// <exception cref="AggregateException">Clean-ups failed and no <see cref="RequestScopeOptions.OnCleanupError"/> is set; the memory is released all the same.</exception>
    public void Dispose() => End();

    /// <summary>Ends the scope as <see cref="Dispose"/> does, awaiting asynchronous clean-ups.</summary>
    public ValueTask DisposeAsync() => EndAsync();
}
