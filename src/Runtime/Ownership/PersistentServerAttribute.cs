namespace LifetimeAnalyzers;

/// <summary>
/// Marks code that runs for as long as the process does: a request scope opened outside its loop never ends while it
/// runs, so request memory must be released there too.
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Delegate,
    AllowMultiple = false,
    Inherited = true)]
public sealed class PersistentServerAttribute : Attribute;
