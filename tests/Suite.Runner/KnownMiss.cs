using System.Collections.Immutable;

namespace LifetimeAnalyzers.Suite;

/// <summary>A bad function that is known to be missed.</summary>
/// <param name="Path">The path of the case file below the suite's folder.</param>
/// <param name="Function">The function's whole name in that file.</param>
/// <param name="Reason">Why it is missed.</param>
public sealed record KnownMiss(string Path, string Function, string Reason)
{
    /// <summary>Reads lines of the form <c>path :: function :: reason</c>; empty lines and lines that begin with # say nothing.</summary>
    /// <exception cref="FormatException">A line has another form.</exception>
    public static ImmutableArray<KnownMiss> Read(IEnumerable<string> lines) =>
        [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(ReadLine)];

    private static KnownMiss ReadLine(string line) =>
        line.Split("::", StringSplitOptions.TrimEntries) is [var path, var function, { Length: > 0 } reason]
            ? new KnownMiss(path, function, reason)
            : throw new FormatException($"'{line}' is not of the form 'path :: function :: reason'.");
}
