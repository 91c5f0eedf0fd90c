using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>Makes the reports about fields.</summary>
internal static class FieldReports
{
    internal static Diagnostic Report(DiagnosticDescriptor descriptor, SyntaxNode at, Family family, IFieldSymbol field, params object[] arguments)
    {
        var evidence = Evidence.ForField(null, field, null, null, family);
        return Diagnostic.Create(descriptor, at.GetLocation(), evidence.Locations, evidence.Properties, arguments);
    }

    internal static Diagnostic Report(DiagnosticDescriptor descriptor, SyntaxNode at, Block? block, IFieldSymbol field, string? reason, SyntaxNode? overwrite, params object[] arguments)
    {
        var evidence = Evidence.ForField(block, field, reason, overwrite);
        return Diagnostic.Create(descriptor, at.GetLocation(), SeverityOf(block, descriptor), evidence.Locations, evidence.Properties, arguments);
    }

    /// <summary>The loss of an object that has only rented something is information.</summary>
    internal static DiagnosticSeverity SeverityOf(Block? block, DiagnosticDescriptor descriptor) => IsOnlyOfPool(block) ? DiagnosticSeverity.Info : descriptor.DefaultSeverity;

    /// <summary>The block is an object that has rented something: when it is lost the pool is poorer, and that is all.</summary>
    internal static bool IsOnlyOfPool(Block? block) => block is { OwnerType: not null, Family.Lifetime: Lifetime.Pool };
}
