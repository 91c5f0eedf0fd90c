using LifetimeAnalyzers.Flow;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>Where a body lies, whether it has been bound or not.</summary>
/// <param name="Syntax">The declaration, lambda or initializer.</param>
/// <param name="Member">The method, or the field or property that is initialized.</param>
internal readonly record struct BodyPlace(SyntaxNode Syntax, ISymbol Member)
{
    /// <summary>The place of a body that has been bound.</summary>
    public static BodyPlace Of(BodyUnit unit) => new(unit.Syntax, unit.Method ?? unit.Member);
}
