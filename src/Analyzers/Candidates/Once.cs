namespace LifetimeAnalyzers.Candidates;

/// <summary>
/// A value that one thread makes and the others wait for, so that no two make it side by side. When making it ends with an
/// exception, as a cancelled run does, the next who asks makes it anew. Thread-safe.
/// </summary>
internal sealed class Once<T>(Func<T> make, CancellationToken cancellationToken)
    where T : class
{
    /// <summary>How long, in milliseconds, one who waits goes without asking whether he is still wanted.</summary>
    private const int Patience = 20;
    private readonly object _making = new();
    private volatile T? _value;

    /// <summary>The value, made when it is asked for first.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled while the value was made or waited for.</exception>
    public T Value => _value ?? Make();

    private T Make()
    {
        while (!Monitor.TryEnter(_making, Patience))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        try
        {
            return _value ??= make();
        }
        finally
        {
            Monitor.Exit(_making);
        }
    }
}
