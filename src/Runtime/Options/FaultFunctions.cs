namespace LifetimeAnalyzers;

/// <summary>Functions that can be made to fail. They stand for the instance twins and typed forms too.</summary>
[Flags]
public enum FaultFunctions
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>Emalloc</c>, and whatever allocates through it.</summary>
    Emalloc = 1,

    /// <summary><c>Ecalloc</c>, <c>EmallocSpan</c>, <c>EmallocMemory</c>.</summary>
    Ecalloc = 2,

    /// <summary><c>Erealloc</c>.</summary>
    Erealloc = 4,

    /// <summary><c>Malloc</c> called while the scope is current.</summary>
    Malloc = 8,

    /// <summary><c>Calloc</c> called while the scope is current.</summary>
    Calloc = 16,

    /// <summary><c>Realloc</c> called while the scope is current.</summary>
    Realloc = 32,

    /// <summary>All of them.</summary>
    All = Emalloc | Ecalloc | Erealloc | Malloc | Calloc | Realloc,
}
