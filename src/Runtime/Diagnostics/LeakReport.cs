using System.Globalization;
using System.Text;

namespace LifetimeAnalyzers;

/// <summary>What a debug scope still held when the report was made, grouped by file and line. Immutable.</summary>
public sealed class LeakReport
{
    internal LeakReport(string? scopeName, IReadOnlyList<LeakSite> sites)
    {
        ScopeName = scopeName;
        Sites = sites;
        foreach (LeakSite site in sites)
        {
            TotalBlocks += site.Blocks;
            TotalBytes += site.Bytes;
        }
    }

    /// <summary>The scope's name, or null.</summary>
    public string? ScopeName { get; }

    /// <summary>The sites, ordered by file, line and function.</summary>
    public IReadOnlyList<LeakSite> Sites { get; }

    /// <summary>Blocks not released.</summary>
    public long TotalBlocks { get; }

    /// <summary>Bytes not released, as they were asked for.</summary>
    public long TotalBytes { get; }

    /// <summary>
    /// One line a site in the form that IDEs make clickable, such as
    /// <c>Handlers.cs(42): warning: Emalloc leak: 3 blocks, 6291456 bytes (request GET /m)</c>, then the total.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (LeakSite site in Sites)
        {
            text.Append(site.File.Length == 0 ? "unknown" : site.File)
                .Append(CultureInfo.InvariantCulture, $"({site.Line}): warning: {site.Function} leak: {site.Blocks} {(site.Blocks == 1 ? "block" : "blocks")}, {site.Bytes} bytes");
            if (!string.IsNullOrEmpty(ScopeName))
            {
                text.Append(" (request ").Append(ScopeName).Append(')');
            }

            text.Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"=== Total {TotalBlocks} memory leaks detected ===");
        return text.ToString();
    }
}
