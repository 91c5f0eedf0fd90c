using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Suite;

/// <summary>A declaration of a case file that reports are attributed to.</summary>
/// <param name="Name">The name as a reader says it: <c>Reader.Close</c>, <c>Bad.local function Inner</c>.</param>
/// <param name="SimpleName">The last part of the name.</param>
/// <param name="Span">What the declaration covers.</param>
/// <param name="Line">The line of its name, counted from one.</param>
/// <param name="IsFunction">A function with a body; else a type or a field.</param>
/// <param name="Expectations">What is asked for; empty for what is good.</param>
public sealed record CaseItem(
    string Name, string SimpleName, TextSpan Span, int Line, bool IsFunction, ImmutableArray<Expectation> Expectations)
{
    /// <summary>Whether a report is asked for.</summary>
    public bool IsBad => !Expectations.IsEmpty;
}
