using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LifetimeAnalyzers.AspNetCore;

/// <summary>Reads <see cref="RequestScopesOptions"/> from a configuration section, and says which value it cannot read.</summary>
internal sealed class RequestScopesConfiguration(IConfiguration section) : IConfigureOptions<RequestScopesOptions>
{
    public void Configure(RequestScopesOptions options)
    {
        options.MemoryLimit = Read(nameof(options.MemoryLimit), options.MemoryLimit, "a size such as 128M, a number of bytes, or -1 for no limit", MemorySize.TryParse);
        options.Debug = Read(nameof(options.Debug), options.Debug, "true or false", TryFlag);
        options.CollectStatistics = Read(nameof(options.CollectStatistics), options.CollectStatistics, "true or false", bool.TryParse);
        options.Trace = Read(nameof(options.Trace), options.Trace, "true or false", TryFlag);
        options.MaxCachedBytes = Read(nameof(options.MaxCachedBytes), options.MaxCachedBytes, "a size such as 64M, or a number of bytes", TrySize);
        options.TrimInterval = Read(nameof(options.TrimInterval), options.TrimInterval, "a time such as 00:00:10", TryInterval);
        options.ScrubOnEnd = Read(nameof(options.ScrubOnEnd), options.ScrubOnEnd, "true or false", bool.TryParse);
        options.DegradedAfterLimitExceeded = Read(nameof(options.DegradedAfterLimitExceeded), options.DegradedAfterLimitExceeded, "a time such as 00:01:00", TryTime);
    }

    private delegate bool TryParse<T>(string? text, out T value);

    private T Read<T>(string key, T fallback, string expected, TryParse<T> parse)
    {
        string? text = section[key];
        if (string.IsNullOrWhiteSpace(text))
        {
            return fallback;
        }

        if (parse(text, out T value))
        {
            return value;
        }

        string path = section is IConfigurationSection named ? $"{named.Path}:{key}" : key;
        throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, typeof(RequestScopesOptions), [$"{path} is '{text}', but has to be {expected}."]);
    }

    private static bool TryFlag(string? text, out bool? value)
    {
        bool understood = bool.TryParse(text, out bool flag);
        value = flag;
        return understood;
    }

    private static bool TrySize(string? text, out long? value)
    {
        bool understood = MemorySize.TryParse(text, out long bytes) && bytes >= 0;
        value = bytes;
        return understood;
    }

    private static bool TryInterval(string? text, out TimeSpan? value)
    {
        bool understood = TryTime(text, out TimeSpan time) && time > TimeSpan.Zero;
        value = time;
        return understood;
    }

    private static bool TryTime(string? text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value) && value >= TimeSpan.Zero;
}
