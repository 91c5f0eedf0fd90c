namespace LifetimeAnalyzers;

/// <summary>
/// Something used a request scope, or memory of it, after the scope had ended; typically work that a request started and
/// did not wait for.
/// </summary>
public sealed class RequestScopeEndedException : ObjectDisposedException
{
    /// <summary>Creates the exception for the scope of that name.</summary>
    /// <param name="scopeName">The scope's name, or null.</param>
    public RequestScopeEndedException(string? scopeName)
        : base(nameof(RequestScope), Text(scopeName)) => ScopeName = scopeName;

    /// <summary>The name of the scope that had ended; null when it had none.</summary>
    public string? ScopeName { get; }

    /// <inheritdoc/>
    public override string Message => Text(ScopeName); // without the line about an object that the base class adds

    private static string Text(string? name) =>
        $"The request scope{(string.IsNullOrEmpty(name) ? "" : $" '{name}'")} has ended, and its memory has been released. "
        + "Work that outlives the request must open a scope of its own (RequestScope.Begin()) or use Heap.Malloc.";
}
