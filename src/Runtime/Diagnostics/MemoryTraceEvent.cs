namespace LifetimeAnalyzers;

/// <summary>One memory call.</summary>
/// <param name="Function">The function called.</param>
/// <param name="Pointer">The block handed out or released.</param>
/// <param name="OldPointer">The block that was resized; 0 otherwise.</param>
/// <param name="Size">Bytes asked for; at a release, the bytes that the block could hold (in debug mode, those that were asked for).</param>
/// <param name="File">Source file of the call; empty where the compiler was not asked, as in a delegate made of a method.</param>
/// <param name="Line">Line of the call; 0 where it is not known.</param>
/// <param name="ThreadId">The managed id of the calling thread.</param>
/// <param name="ScopeId">The scope's <see cref="RequestScope.Id"/>; 0 for process memory outside a scope.</param>
public readonly record struct MemoryTraceEvent(
    MemoryFunction Function,
    nint Pointer,
    nint OldPointer,
    long Size,
    string File,
    int Line,
    int ThreadId,
    long ScopeId);
