namespace LifetimeAnalyzers;

/// <summary>
/// Ownership stays where it was. On a parameter: the callee neither releases nor keeps the block. On a return value: the
/// caller must not release it. On a field or property: somebody else releases what it points to.
/// </summary>
[AttributeUsage(
    AttributeTargets.ReturnValue | AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Method,
    AllowMultiple = false,
    Inherited = true)]
public sealed class BorrowedAttribute : Attribute;
