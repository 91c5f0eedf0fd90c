namespace LifetimeAnalyzers;

/// <summary>What a scope was told to do, fixed when it begins.</summary>
[Flags]
internal enum ScopeMode : byte
{
    None = 0,
    Persistent = 1,
    Ambient = 2,
    ScrubOnEnd = 4,
    Debug = 8,

    /// <summary>Every call must be seen: debug, trace, statistics or faults.</summary>
    Instrumented = 16,
}
