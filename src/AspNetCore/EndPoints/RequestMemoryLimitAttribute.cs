namespace LifetimeAnalyzers.AspNetCore;

/// <summary>The memory limit of an endpoint, a controller's or an action's, instead of the application's.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequestMemoryLimitAttribute : Attribute, IRequestScopeMetadata
{
    /// <summary>Sets the limit in bytes; <see cref="RequestScopeOptions.Unlimited"/> for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is zero, or negative and not -1.</exception>
    public RequestMemoryLimitAttribute(long bytes) => Bytes = bytes is > 0 or RequestScopeOptions.Unlimited
        ? bytes
        : throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "A memory limit is a positive number of bytes, or -1 for no limit.");

    /// <summary>Sets the limit as people write it: <c>16M</c>, <c>512K</c>, <c>-1</c>.</summary>
    /// <exception cref="FormatException">The text is no size.</exception>
    public RequestMemoryLimitAttribute(string size)
        : this(MemorySize.Parse(size))
    {
    }

    /// <summary>The limit in bytes.</summary>
    public long Bytes { get; }

    long? IRequestScopeMetadata.MemoryLimit => Bytes;

    RequestScopeMode? IRequestScopeMetadata.Mode => null;
}
