namespace LifetimeAnalyzers;

/// <summary>An allocation was made to fail on purpose, by <see cref="FaultInjectionOptions"/>.</summary>
public sealed class SimulatedOutOfMemoryException : OutOfMemoryException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="function">The function that was made to fail.</param>
    /// <param name="requested">Bytes that the caller asked for.</param>
    /// <param name="callNumber">Which call it was, counted from 1 since injection began.</param>
    public SimulatedOutOfMemoryException(string function, long requested, long callNumber)
        : base($"Simulated out of memory: {function} call {callNumber} (tried to allocate {requested} bytes)")
    {
        Function = function;
        Requested = requested;
        CallNumber = callNumber;
    }

    /// <summary>The function that was made to fail, for example <c>Emalloc</c>.</summary>
    public string Function { get; }

    /// <summary>Bytes that the caller asked for.</summary>
    public long Requested { get; }

    /// <summary>Which call it was, counted from 1.</summary>
    public long CallNumber { get; }
}
