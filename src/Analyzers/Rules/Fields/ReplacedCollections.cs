using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// A member puts an empty collection in the place of one whose elements the type owns (LIFE013): <c>_pages = new();</c>. In any case, and
/// without having looked at what is there.
/// </summary>
internal sealed class ReplacedCollections(FieldOwnership ownership, OwnedCollections collections)
{
    /// <summary>Whether the code, by its words alone, does so to a collection that can own what is in it.</summary>
    public static bool CanHappenIn(SyntaxNode block, ISymbol member, CandidateIndex candidates) =>
        member is IMethodSymbol { IsStatic: false, MethodKind: MethodKind.Ordinary, ContainingType: { TypeKind: TypeKind.Class or TypeKind.Struct } type } &&
        block.DescendantNodes().Any(node => NameOf(node) is { } name && type.GetMembers(name).Any(held => held is IFieldSymbol { IsStatic: false, IsReadOnly: false, DeclaredAccessibility: Accessibility.Private } field && DroppedElements.HoldsOwned(field.Type, candidates)));

    public IEnumerable<Diagnostic> Judge(BodyResult result, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { IsStatic: false, MethodKind: MethodKind.Ordinary } method || OwnerMembers.IsDisposal(method) || SetUps.IsSetUp(method) || OwnedCollections.EndsTheDuty(method))
        {
            yield break;
        }

        foreach (var node in result.Unit.Syntax.DescendantNodes())
        {
            if (NameOf(node) is { } name && IsInAnyCase(node) && IsEmpty(((AssignmentExpressionSyntax)node).Right, result.Unit) && OwnerMembers.CountOf(method, name) == 1 && type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault() is { IsStatic: false, Type: INamedTypeSymbol } field &&
                OwnerMembers.IsOnlyReachedHere(field, type) && ownership.Of(field, cancellationToken) is var use && use.ElementReleases.Any(static release => OwnerMembers.IsDisposal(release.Member)) &&
                !ownership.Calls(result.Unit, use.LeftBy, cancellationToken) && collections.FillOf(field, type, result, cancellationToken) is { } block)
            {
                yield return OwnedCollections.Report(node, block, field, use, [node], type, $"'{method.Name}' puts an empty one in its place without releasing what is in it");
            }
        }
    }

    /// <summary>The name of a variable that the node gives a new collection; null when it does something else.</summary>
    private static string? NameOf(SyntaxNode node) =>
        node is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax, Right: var value } assignment && (value is BaseObjectCreationExpressionSyntax { Initializer: null } || IsNothing(value))
            ? ForgottenFields.NameOf(assignment.Left)
            : null;

    /// <summary><c>[]</c>, for which the oldest compilers have no kind.</summary>
    private static bool IsNothing(ExpressionSyntax value) => value.Span.Length == 2 && value.ToString() == "[]";

    /// <summary><c>new()</c>, <c>new List&lt;T&gt;(16)</c>, <c>[]</c>: made of nothing, or of numbers and comparers, and not of other elements.</summary>
    private static bool IsEmpty(SyntaxNode value, BodyUnit unit) =>
        (value is ExpressionSyntax expression && IsNothing(expression)) || unit.Operations().Any(operation => operation is IObjectCreationOperation made && made.Syntax == value &&
            made.Arguments.All(static argument => argument.Parameter?.Type is { SpecialType: SpecialType.System_Int32 } or { Name: "IComparer" or "IEqualityComparer" }));

    /// <summary>No condition decides about it, and nothing returns before it: there may be nothing in the collection yet.</summary>
    private static bool IsInAnyCase(SyntaxNode node)
    {
        foreach (var around in node.Ancestors())
        {
            if (around is BaseMethodDeclarationSyntax method)
            {
                return !method.DescendantNodes().Any(other => other is ReturnStatementSyntax or YieldStatementSyntax or GotoStatementSyntax && other.SpanStart < node.SpanStart);
            }

            if (around is not (ExpressionStatementSyntax or BlockSyntax or LockStatementSyntax or TryStatementSyntax or FinallyClauseSyntax or ArrowExpressionClauseSyntax))
            {
                return false;
            }
        }

        return false;
    }
}
