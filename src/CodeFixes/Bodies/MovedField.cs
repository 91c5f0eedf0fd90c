using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.CodeFixes.Bodies;

/// <summary>A field that goes through a block of which another field of the type keeps the start: <c>_next = _start</c>.</summary>
internal static class MovedField
{
    /// <summary>The field that keeps the start; null when <paramref name="released"/> is no such field, or there are several.</summary>
    public static IFieldSymbol? StartOf(FixSite site, ExpressionSyntax released)
    {
        if (site.Model.GetSymbolInfo(released, site.CancellationToken).Symbol is not IFieldSymbol { IsStatic: false } moved || released.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return null;
        }

        var starts = new HashSet<IFieldSymbol>(SymbolEqualityComparer.Default);
        foreach (var assignment in type.DescendantNodes().OfType<AssignmentExpressionSyntax>())
        {
            if (assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && IsField(assignment.Left, moved) && Start(assignment.Right) is { } start && site.Model.GetSymbolInfo(start, site.CancellationToken).Symbol is IFieldSymbol { IsStatic: false } field
                && SymbolEqualityComparer.Default.Equals(field.ContainingType, moved.ContainingType) && SymbolEqualityComparer.Default.Equals(field.Type, moved.Type))
            {
                starts.Add(field);
            }
        }

        // The one that keeps the start never steps by itself.
        return starts.Count == 1 && starts.First() is var kept && !SymbolEqualityComparer.Default.Equals(kept, moved) && !type.DescendantNodes().Any(node => node switch
        {
            PostfixUnaryExpressionSyntax step => IsField(step.Operand, kept),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } step => IsField(step.Operand, kept),
            AssignmentExpressionSyntax { RawKind: not (int)SyntaxKind.SimpleAssignmentExpression } step => IsField(step.Left, kept),
            ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => IsField(argument.Expression, kept),
            _ => false,
        }) ? kept : null;

        bool IsField(ExpressionSyntax value, IFieldSymbol field) =>
            (value as SimpleNameSyntax ?? (value as MemberAccessExpressionSyntax)?.Name)?.Identifier.ValueText == field.Name && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(value, site.CancellationToken).Symbol, field);
    }

    /// <summary>Before the statement another field is released that was set to what <paramref name="field"/> holds: that release is the mistake, which a second one does not mend.</summary>
    public static bool IsReleasedBefore(FixSite site, IFieldSymbol field, StatementSyntax statement) =>
        StatementList.Of(statement.Parent!) is { } list && list.Statements.TakeWhile(other => other != statement).SelectMany(static other => other.DescendantNodesAndSelf()).OfType<InvocationExpressionSyntax>()
            .Where(call => call is { Parent: ExpressionStatementSyntax, ArgumentList.Arguments.Count: 1 } && site.ReleaseTemplate.Contains("." + (call.Expression is MemberAccessExpressionSyntax access ? access.Name : call.Expression) + "("))
            .Any(call => SymbolEqualityComparer.Default.Equals(StartOf(site, OwnedBlock.Bare(call.ArgumentList.Arguments[0].Expression)), field));

    /// <summary><c>_start</c>, <c>other._start</c>, <c>_start + used</c>.</summary>
    private static ExpressionSyntax? Start(ExpressionSyntax value) => OwnedBlock.Bare(value) switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Start(sum.Left),
        IdentifierNameSyntax or MemberAccessExpressionSyntax => OwnedBlock.Bare(value),
        _ => null,
    };
}
