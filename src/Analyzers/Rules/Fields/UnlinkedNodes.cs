using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// A member takes the first node out of a list in native memory and forgets it (LIFE013): <c>_head = _head-&gt;Next;</c>, where another
/// member releases the node that it takes out.
/// </summary>
internal sealed class UnlinkedNodes(FieldOwnership ownership)
{
    /// <summary>Whether the statement, by its words alone, moves a field of its object to the next node.</summary>
    public static bool IsStep(AssignmentExpressionSyntax assignment) =>
        assignment is { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression, Expression: var node } } &&
        ForgottenFields.NameOf(assignment.Left) is { } field && ForgottenFields.NameOf(node) == field;

    public IEnumerable<Diagnostic> Judge(BodyResult result, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { MethodKind: MethodKind.Ordinary } method || OwnerMembers.IsDisposal(method) || SetUps.IsSetUp(method) ||
            !result.Summary.Outcomes.Any(static outcome => outcome.Writes.Any(static write => write.Key.Type is IPointerTypeSymbol)))
        {
            yield break;
        }

        foreach (var step in result.Unit.Syntax.DescendantNodes())
        {
            if (step is not AssignmentExpressionSyntax assignment || !IsStep(assignment) || ForgottenFields.NameOf(assignment.Left) is not { } name ||
                type.GetMembers(name).FirstOrDefault() is not IFieldSymbol { IsStatic: false, Type: IPointerTypeSymbol } field || !OwnerMembers.IsOnlyReachedHere(field, type) || !IsOnlyWalked(result.Unit.Syntax, name) || !IsOnlyWayToNodes(field, type) || MayBeRing(type, name, cancellationToken))
            {
                continue;
            }

            var use = ownership.Of(field, cancellationToken);
            if (use is { IsUnclear: false, Fills: { Length: > 0 } fills } && fills.All(static fill => fill is { Lifetime: Families.Lifetime.Process, MayStayUnreleased: false, IsNeverReleased: false }) &&
                use.ReleasedBy.Any(other => !SymbolEqualityComparer.Default.Equals(other, method) && TakesOut(other, name, cancellationToken)) && !ownership.Instances.AreAllOf(type, cancellationToken) && !ownership.IsWithinAnother(use, cancellationToken))
            {
                yield return FieldReports.Report(Descriptors.FieldNotReleased, assignment, fills[0], field, type.Name, name, fills[0].Name, $"'{method.Name}' gives the field another value without releasing the block that it holds");
                yield break;
            }
        }
    }

    /// <summary>The code reads what the node says, asks whether there is one, and gives the field another value; the node itself goes nowhere.</summary>
    private static bool IsOnlyWalked(SyntaxNode body, string field) =>
        body.DescendantNodes().All(node => node is not IdentifierNameSyntax { Identifier.ValueText: var name } mention || name != field || IsWalk(mention));

    /// <summary>No other field leads to a node, and no member gives one away: what the field is moved off nobody finds again.</summary>
    private static bool IsOnlyWayToNodes(IFieldSymbol field, INamedTypeSymbol type)
    {
        return !type.GetMembers().Any(member => member switch
        {
            IFieldSymbol other => !SymbolEqualityComparer.Default.Equals(other, field) && IsNode(other.Type),
            IMethodSymbol { DeclaredAccessibility: not Accessibility.Private } method => IsNode(method.ReturnType) || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None && IsNode(parameter.Type)),
            _ => false,
        });

        bool IsNode(ITypeSymbol held) => SymbolEqualityComparer.Default.Equals(held, field.Type);
    }

    /// <summary>The last node may lead to the first again: somebody puts a node behind that of the field, or behind itself.</summary>
    private static bool MayBeRing(INamedTypeSymbol type, string field, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken).DescendantNodes().Any(node =>
            node is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression, Expression: var holder } } link &&
            (RootOf(holder) == field || (RootOf(holder) is { } root && Ends(link.Right).Contains(root)))));

    private static string? RootOf(ExpressionSyntax expression)
    {
        while (ForgottenFields.NameOf(expression) is null && expression is MemberAccessExpressionSyntax access)
        {
            expression = access.Expression;
        }

        return ForgottenFields.NameOf(expression);
    }

    /// <summary>What is assigned in the end: <c>n-&gt;Next = n-&gt;Previous = n;</c>.</summary>
    private static IEnumerable<string> Ends(ExpressionSyntax value)
    {
        while (value is AssignmentExpressionSyntax inner)
        {
            value = inner.Right;
        }

        return ForgottenFields.NameOf(value) is { } name ? [name] : [];
    }

    private static bool IsWalk(IdentifierNameSyntax mention)
    {
        ExpressionSyntax value = mention.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : mention;
        return value.Parent switch
        {
            MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression } part => part.Parent is not PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression },
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => true,
            IsPatternExpressionSyntax => true,
            AssignmentExpressionSyntax assignment => assignment.Left == value && assignment.Parent is ExpressionStatementSyntax or ForStatementSyntax,
            _ => false,
        };
    }

    /// <summary>The member moves the field to the next node as well, by the node that it has got from there.</summary>
    private static bool TakesOut(IMethodSymbol member, string field, CancellationToken cancellationToken) =>
        member.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken).DescendantNodes().Any(node =>
            node is AssignmentExpressionSyntax { Right: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression } } assignment && ForgottenFields.NameOf(assignment.Left) == field));
}
