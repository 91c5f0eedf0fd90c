using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// A member clears a field that other members fill and the disposal of the object releases, and does nothing else with it (LIFE013):
/// <c>_block = IntPtr.Zero;</c>. It is judged where that happens, whoever has filled the field.
/// </summary>
internal sealed class ForgottenFields(FieldOwnership ownership, FilledFields fills, Func<BodyUnit, bool> isCandidate)
{
    /// <summary>Whether the code, by its words alone, clears a field of its object, moves one over another or on to the next node, where the names say that its objects own a block.</summary>
    public static bool CanHappenIn(SyntaxNode block, ISymbol member, CandidateIndex candidates) =>
        member is IMethodSymbol { IsStatic: false, MethodKind: not MethodKind.Constructor, ContainingType: { TypeKind: TypeKind.Class or TypeKind.Struct } type } method && candidates.IsOwner(type) && !OwnerMembers.IsDisposal(method) &&
        block.DescendantNodes().Any(node => DroppedExchanges.Of(node) is { } exchange ? NameOf(exchange.Target) is { } exchanged && TypeShapes.IsNothing(exchange.Value) && CanOwn(exchanged, type, candidates)
            : node is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && (assignment.Left is TupleExpressionSyntax || UnlinkedNodes.IsStep(assignment) || (NameOf(assignment.Left) is { } name && IsNothingOrField(assignment.Right) && CanOwn(name, type, candidates))));

    public IEnumerable<Diagnostic> Judge(BodyResult result, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { MethodKind: MethodKind.Ordinary } method || OwnerMembers.IsDisposal(method) || SetUps.IsSetUp(method) || OwnedCollections.EndsTheDuty(method))
        {
            yield break;
        }

        foreach (var outcome in result.Summary.Outcomes)
        {
            foreach (var write in outcome.Writes)
            {
                if (FieldOutcomes.IsForgotten(write, outcome) && OwnerMembers.Field(write.Key, type) is { } field && OwnerMembers.IsOnlyReachedHere(field, type) && LostBy(method, field, type, result, cancellationToken) is { } block)
                {
                    yield return FieldReports.Report(Descriptors.FieldNotReleased, SiteOf(field, result.Unit), block, field, FixData.ReasonOverwritten, result.Unit.Syntax,
                        type.Name, OwnerMembers.NameOf(field), block.AllocatedBy, $"'{method.Name}' gives the field another value without releasing the {(block.OwnerType is null ? "block" : "object")} that it holds");
                }
            }
        }
    }

    /// <summary>Where the body gives the field another value; the body itself when that cannot be told.</summary>
    public static SyntaxNode SiteOf(IFieldSymbol field, BodyUnit body) =>
        body.Syntax.DescendantNodes().LastOrDefault(node => DroppedExchanges.Of(node) is { } exchange ? NameOf(exchange.Target) == OwnerMembers.NameOf(field) : node is AssignmentExpressionSyntax assignment &&
            (assignment.Left is TupleExpressionSyntax tuple ? tuple.Arguments.Any(part => NameOf(part.Expression) == OwnerMembers.NameOf(field)) : NameOf(assignment.Left) == OwnerMembers.NameOf(field))) ?? body.Syntax;

    /// <summary>The block, or the object with one, that the field may hold and that the member forgets; null when there is nothing to say.</summary>
    private Block? LostBy(IMethodSymbol method, IFieldSymbol field, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken)
    {
        var use = ownership.Of(field, cancellationToken);
        if (use.IsHandedOn || !use.ForgottenBy.Contains(method, SymbolEqualityComparer.Default) || !use.ReleasedBy.Any(OwnerMembers.IsDisposal) || ownership.Instances.AreAllOf(type, cancellationToken))
        {
            return null;
        }

        var block = isCandidate(result.Unit) ? null : fills.BlocksIn(field, type, cancellationToken).FirstOrDefault(IsLost);
        return block ?? (OwnerMembers.CountOf(method, OwnerMembers.NameOf(field)) == 1 ? fills.ObjectsIn(field, type, cancellationToken).FirstOrDefault() : null);
    }

    /// <summary>Whether a block of the kind is lost when nobody has it any more: not so an array, which the collector finds.</summary>
    internal static bool IsLost(Block block) =>
        block is { OwnerType: null, Family: { MayStayUnreleased: false, IsNeverReleased: false } and ({ Lifetime: Lifetime.Process, ReleasedThroughItself: false } or { Lifetime: Lifetime.Pool, ReleasedByDispose: true }) };

    /// <summary>Nothing, or what another field of the object holds.</summary>
    private static bool IsNothingOrField(ExpressionSyntax value) => TypeShapes.IsNothing(value) || value switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var operand } => IsNothingOrField(operand),
        CastExpressionSyntax cast => IsNothingOrField(cast.Expression),
        IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => true,
        AssignmentExpressionSyntax inner => IsNothingOrField(inner.Right),
        _ => false,
    };

    /// <summary>The type has a private field of that name, or an automatic property, that can hold what has to be released.</summary>
    private static bool CanOwn(string name, INamedTypeSymbol type, CandidateIndex candidates) => type.GetMembers(name).Any(member => member switch
    {
        IFieldSymbol { IsStatic: false, IsConst: false, DeclaredAccessibility: Accessibility.Private, Type: var held } => DroppedElements.CanBeOwned(held, candidates),
        IPropertySymbol { IsStatic: false, SetMethod: not null, Type: var held } => DroppedElements.CanBeOwned(held, candidates),
        _ => false,
    });

    /// <summary>The name of a field or property of the object at hand, written with or without <c>this</c>; null for anything else.</summary>
    internal static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } => name,
        _ => null,
    };
}
