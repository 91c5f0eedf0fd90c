using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Suite;

/// <summary>What is declared.</summary>
public enum CaseItemKind
{
    /// <summary>A method, constructor, accessor, operator or local function with a body.</summary>
    Function,

    /// <summary>A field or several of one declaration.</summary>
    Field,

    /// <summary>A class, structure, record, interface or enumeration.</summary>
    Type,
}

/// <summary>A declaration of a case file that reports are attributed to.</summary>
/// <param name="Name">The name as a reader says it: <c>Reader.Close</c>, <c>Bad.local function Inner</c>.</param>
/// <param name="SimpleName">The last part of the name.</param>
/// <param name="Span">What the declaration covers.</param>
/// <param name="Line">The line of its name, counted from one.</param>
/// <param name="Kind">A function with a body, a field or a type.</param>
/// <param name="Expectations">What is asked for; empty for what is good.</param>
public sealed record CaseItem(
    string Name, string SimpleName, TextSpan Span, int Line, CaseItemKind Kind, ImmutableArray<Expectation> Expectations)
{
    /// <summary>Whether it is a function with a body.</summary>
    public bool IsFunction => Kind == CaseItemKind.Function;

    /// <summary>Whether a report is asked for.</summary>
    public bool IsBad => !Expectations.IsEmpty;
}
