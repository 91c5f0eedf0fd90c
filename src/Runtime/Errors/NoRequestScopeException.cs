namespace LifetimeAnalyzers;

/// <summary>Request memory was asked for where no request scope is open.</summary>
public sealed class NoRequestScopeException : InvalidOperationException
{
    /// <summary>Creates the exception with its standard text.</summary>
    public NoRequestScopeException()
        : base("No request scope is open here. Open one with RequestScope.Begin() around the request (UseRequestScope() in ASP.NET Core), or use Heap.Malloc for memory that outlives the request.")
    {
    }

    /// <summary>Creates the exception with a text of your own.</summary>
    public NoRequestScopeException(string message)
        : base(message)
    {
    }
}
