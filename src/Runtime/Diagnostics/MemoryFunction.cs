namespace LifetimeAnalyzers;

/// <summary>The functions that trace events and statistics tell apart.</summary>
public enum MemoryFunction
{
    /// <summary>Request memory, uninitialised.</summary>
    Emalloc,

    /// <summary>Request memory, zeroed.</summary>
    Ecalloc,

    /// <summary>Request memory, resized.</summary>
    Erealloc,

    /// <summary>Request memory, released.</summary>
    Efree,

    /// <summary>Process memory, uninitialised.</summary>
    Malloc,

    /// <summary>Process memory, zeroed.</summary>
    Calloc,

    /// <summary>Process memory, resized.</summary>
    Realloc,

    /// <summary>Process memory, released.</summary>
    Free,
}
