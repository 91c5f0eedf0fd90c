using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Corpus.Commands;

/// <summary>A report, ready to be printed, compared and sorted.</summary>
internal sealed record Finding(string File, int Line, int Column, string Id, DiagnosticSeverity Severity, string Message)
{
    /// <summary>Places paths relative to the folder that was analysed.</summary>
    public static Finding From(Diagnostic diagnostic, string root)
    {
        var span = diagnostic.Location.GetLineSpan();
        var file = span.Path is { Length: > 0 } path ? Path.GetRelativePath(root, path) : "";
        return new Finding(file, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, diagnostic.Id, diagnostic.Severity, diagnostic.GetMessage());
    }

    /// <summary>The one order that does not depend on which body was analysed first.</summary>
    public static IEnumerable<Finding> InOrder(IEnumerable<Finding> findings) =>
        findings.OrderBy(finding => finding.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line)
            .ThenBy(finding => finding.Column)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal)
            .ThenBy(finding => finding.Message, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line}): {Id} {Severity.ToString().ToLowerInvariant()}: {Message}";
}
