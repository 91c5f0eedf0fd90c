namespace LifetimeAnalyzers;

/// <summary>
/// Says that the marked method (or the marked parameter of it) releases blocks of the family. Read by the analyzers from
/// metadata, by full name.
/// </summary>
/// <param name="family">The family, for example <c>"Emalloc"</c>, <c>"Malloc"</c>, or a name of your own.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Delegate | AttributeTargets.Parameter,
    AllowMultiple = false,
    Inherited = true)]
public sealed class ReleasesAttribute(string family) : Attribute
{
    /// <summary>The family that the block belongs to.</summary>
    public string Family { get; } = family;
}
