using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Suite;

/// <summary>One report of an analyzer.</summary>
/// <param name="Id">The rule.</param>
/// <param name="IsWarning">A warning or an error; else information.</param>
/// <param name="Path">The path of the tree it lies in; empty for none.</param>
/// <param name="Position">Where it begins in the text.</param>
/// <param name="Line">The line, counted from one.</param>
/// <param name="Message">What it says.</param>
public sealed record Report(string Id, bool IsWarning, string Path, int Position, int Line, string Message)
{
    /// <summary>The report that a diagnostic makes.</summary>
    public static Report Of(Diagnostic diagnostic)
    {
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        TextSpan span = diagnostic.Location.SourceSpan;
        return new Report(
            diagnostic.Id,
            diagnostic.Severity >= DiagnosticSeverity.Warning,
            place.Path ?? "",
            span.Start,
            place.StartLinePosition.Line + 1,
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
