namespace LifetimeAnalyzers;

/// <summary>
/// Ownership is taken over, yet the giver may go on using the block while the holder lives (a stream over a buffer, a
/// handle that wraps a pointer).
/// </summary>
[AttributeUsage(
    AttributeTargets.ReturnValue | AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Method,
    AllowMultiple = false,
    Inherited = true)]
public sealed class HeldAttribute : Attribute;
