namespace LifetimeAnalyzers.Demo;

/// <summary>An end point of the sample server, and how it loses memory before the repair.</summary>
internal sealed record EndPoint(string Path, string What, Loss Before)
{
    public static readonly IReadOnlyList<EndPoint> All =
    [
        new("/malloc", "Heap.Malloc, forgotten", Loss.OfTheSystems),
        new("/emalloc", "Heap.Emalloc, ends with the request", Loss.None),
        new("/native/forgotten", "NativeMemory.Alloc, forgotten", Loss.OfTheSystems),
        new("/native/freed", "NativeMemory.Alloc, freed", Loss.None),
        new("/hglobal/forgotten", "Marshal.AllocHGlobal, forgotten", Loss.OfTheSystems),
        new("/hglobal/freed", "Marshal.AllocHGlobal, freed", Loss.None),
        new("/worker", "BackgroundService, Heap.Emalloc per message", Loss.OfTheScopes),
    ];
}

/// <summary>Where lost memory shows.</summary>
internal enum Loss
{
    /// <summary>Nothing is lost.</summary>
    None,

    /// <summary>Blocks of the system's allocator: virtual and resident size.</summary>
    OfTheSystems,

    /// <summary>Blocks of a request scope: resident size alone, since the runtime reserves its address space in advance.</summary>
    OfTheScopes,
}
