namespace LifetimeAnalyzers;

/// <summary>
/// Says that the marked method, constructor or out parameter hands the caller a block that somebody must release with a
/// function of the same family. Read by the analyzers from metadata, by full name.
/// </summary>
/// <param name="family">The family, for example <c>"Emalloc"</c>, <c>"Malloc"</c>, or a name of your own.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Delegate
    | AttributeTargets.ReturnValue | AttributeTargets.Parameter,
    AllowMultiple = false,
    Inherited = true)]
public sealed class AllocatesAttribute(string family) : Attribute
{
    /// <summary>The family that the block belongs to.</summary>
    public string Family { get; } = family;
}
