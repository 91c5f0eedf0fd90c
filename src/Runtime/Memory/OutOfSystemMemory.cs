using System.Diagnostics.CodeAnalysis;

namespace LifetimeAnalyzers;

/// <summary>The system itself has no more memory to give.</summary>
internal static class OutOfSystemMemory
{
    /// <summary>Throws with the text that PHP prints.</summary>
    [DoesNotReturn]
    public static void Throw(ulong bytes) =>
        throw new OutOfMemoryException($"Out of memory (allocated {Retention.InUseBytes} bytes) (tried to allocate {bytes} bytes)");
}
