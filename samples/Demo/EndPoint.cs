namespace LifetimeAnalyzers.Demo;

/// <summary>An end point of the sample server, and whether it loses memory before the repair.</summary>
internal sealed record EndPoint(string Path, string What, bool GrowsBefore)
{
    public static readonly IReadOnlyList<EndPoint> All =
    [
        new("/malloc", "Heap.Malloc, forgotten", GrowsBefore: true),
        new("/emalloc", "Heap.Emalloc, ends with the request", GrowsBefore: false),
        new("/native/forgotten", "NativeMemory.Alloc, forgotten", GrowsBefore: true),
        new("/native/freed", "NativeMemory.Alloc, freed", GrowsBefore: false),
        new("/hglobal/forgotten", "Marshal.AllocHGlobal, forgotten", GrowsBefore: true),
        new("/hglobal/freed", "Marshal.AllocHGlobal, freed", GrowsBefore: false),
        new("/worker", "BackgroundService, Heap.Emalloc per message", GrowsBefore: true),
    ];
}
