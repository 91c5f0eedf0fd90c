namespace LifetimeAnalyzers.Demo;

/// <summary>An end point of the sample server, and whether it loses memory before the repair.</summary>
internal sealed record EndPoint(string Path, string What, bool LosesBefore)
{
    public static readonly IReadOnlyList<EndPoint> All =
    [
        new("/malloc", "Heap.Malloc, forgotten", true),
        new("/emalloc", "Heap.Emalloc, ends with the request", false),
        new("/native/forgotten", "NativeMemory.Alloc, forgotten", true),
        new("/native/freed", "NativeMemory.Alloc, freed", false),
        new("/hglobal/forgotten", "Marshal.AllocHGlobal, forgotten", true),
        new("/hglobal/freed", "Marshal.AllocHGlobal, freed", false),
        new("/worker", "BackgroundService, Heap.Emalloc per message", true),
    ];
}
