namespace LifetimeAnalyzers;

/// <summary>A line of code that allocates, and the next of its hash bucket.</summary>
internal sealed record CallSite(int Number, string File, int Line, MemoryFunction Function, CallSite? Next);
