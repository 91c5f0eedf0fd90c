namespace LifetimeAnalyzers;

/// <summary>
/// Ownership moves. On a return value or an out parameter: the caller must release what it gets. On a parameter: the
/// callee must release what it is given. On a field or property: the declaring type releases it.
/// </summary>
[AttributeUsage(
    AttributeTargets.ReturnValue | AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Method,
    AllowMultiple = false,
    Inherited = true)]
public sealed class OwnedAttribute : Attribute;
