using Microsoft.Extensions.Options;

namespace LifetimeAnalyzers.AspNetCore;

/// <summary>Hands what the options say about memory kept ready to the process, at the start and when the configuration changes.</summary>
internal sealed class RetentionFromOptions : IDisposable
{
    private readonly IDisposable? _changes;

    public RetentionFromOptions(IOptionsMonitor<RequestScopesOptions> options)
    {
        Apply(options.CurrentValue);
        _changes = options.OnChange(Apply);
    }

    public void Dispose() => _changes?.Dispose();

    private static void Apply(RequestScopesOptions options)
    {
        if (options.MaxCachedBytes is { } bytes)
        {
            MemoryRetention.MaxCachedBytes = bytes;
        }

        if (options.TrimInterval is { } interval)
        {
            MemoryRetention.TrimInterval = interval;
        }
    }
}
