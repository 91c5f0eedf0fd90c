namespace LifetimeAnalyzers;

/// <summary>A clean-up, and the one that was registered before it.</summary>
internal sealed class CleanupNode(Delegate cleanup, CleanupNode? earlier)
{
    public Delegate Cleanup => cleanup;

    public CleanupNode? Earlier => earlier;
}
