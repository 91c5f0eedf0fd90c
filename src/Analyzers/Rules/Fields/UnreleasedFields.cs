using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>LIFE013: a block is put into a field that nobody releases.</summary>
internal sealed class UnreleasedFields(FieldOwnership ownership, Func<BodyUnit, bool> isCandidate, Contexts.SingletonTypes lifetimes)
{
    /// <summary>A block is put into a field that nobody releases.</summary>
    public Diagnostic? Judge(Block block, Place place, IFieldSymbol field, CancellationToken cancellationToken)
    {
        var type = field.ContainingType;
        var family = block.Family!;
        var use = ownership.Of(field, cancellationToken);
        if (ownership.IsWithinAnother(use, cancellationToken))
        {
            return null;
        }

        if (family is { Lifetime: Lifetime.Process, MayStayUnreleased: false, IsNeverReleased: false } && block.OwnerType is null && OwnerMembers.IsOnlyReachedHere(field, type) && use.ReleasedBy.Any(OwnerMembers.IsDisposal) && !use.IsHandedOn && UnfinishedObjects.Judge(block, place, type, ownership, cancellationToken) is var (disposal, condition))
        {
            return FieldReports.Report(Descriptors.FieldNotReleased, block.Site!.Syntax, block, field, FixData.ReasonUnfinished, null, type.Name, OwnerMembers.NameOf(field), block.AllocatedBy, $"'{disposal}' does not release it {condition}");
        }

        if ((Calls.IsViewType(field.Type) && field.Type is not IPointerTypeSymbol) || (IsReleased(place, type, use) && !RenewedFields.IsOnlyRenewed(place, type, use, ownership, cancellationToken)) || use.IsHandedOn || (use.IsCleared && OwnerMembers.DisposalOf(type) is not null && !IsClearedUnseen(use)) || family.MayStayUnreleased || family.IsNeverReleased || !OwnerMembers.IsOnlyReachedHere(field, type) || ownership.Instances.AreAllOf(type, cancellationToken) || IsOfMiddleware(block, type) || IsOfSingleton(block, type, cancellationToken) || BaseProtocols.TakeBack(block.Site!.Syntax, field))
        {
            return null;
        }

        var disposes = OwnerMembers.DisposalOf(type);
        if (family.Lifetime == Lifetime.Request || (family.Lifetime == Lifetime.Pool && disposes is null) || (type.IsValueType && disposes is null))
        {
            return null;
        }

        var missing = disposes is null ? "has no Dispose that releases it" : $"'{disposes}' does not release it";
        if (use is { IsCleared: true, ClearedIn: { } cleared } && disposes is not null)
        {
            return family is { Lifetime: Lifetime.Pool, ReleasedByDispose: false } ? null
                : FieldReports.Report(Descriptors.FieldNotReleased, block.Site!.Syntax, block, field, FixData.ReasonOverwritten, cleared.Syntax, type.Name, OwnerMembers.NameOf(field), block.AllocatedBy, $"'{disposes}' gives the field another value without releasing the block that it holds");
        }

        return FieldReports.Report(Descriptors.FieldNotReleased, block.Site!.Syntax, block, field, disposes is null ? "noDispose" : "forgotten", null,
            type.Name, place.Parent is { Kind: PlaceKind.Member } ? place.DisplayName : OwnerMembers.NameOf(field), block.AllocatedBy, missing);
    }

    /// <summary>Middleware is made once, when the pipeline is built, and never disposed of: what it takes then it has for the life of the process.</summary>
    private static bool IsOfMiddleware(Block block, INamedTypeSymbol type) =>
        block.Site!.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is FieldDeclarationSyntax or PropertyDeclarationSyntax or ConstructorDeclarationSyntax && Contexts.MiddlewareConvention.IsMiddleware(type);

    /// <summary>A service of which there is one, and which nobody can dispose of: what it takes when it is made, or when its host starts it, it has for the life of the process.</summary>
    private bool IsOfSingleton(Block block, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!IsTakenOnce(block.Site!.Syntax) || !lifetimes.IsSingleton(type, cancellationToken))
        {
            return false;
        }

        for (INamedTypeSymbol? declared = type; declared is { DeclaringSyntaxReferences.IsEmpty: false }; declared = declared.BaseType)
        {
            if (declared.GetMembers().Any(member => member is IMethodSymbol { IsStatic: false } method && OwnerMembers.IsDisposal(method)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsTakenOnce(SyntaxNode site) => site.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
    {
        FieldDeclarationSyntax or PropertyDeclarationSyntax or ConstructorDeclarationSyntax => true,
        MethodDeclarationSyntax { Identifier.ValueText: "StartAsync" or "ExecuteAsync" } start => !site.Ancestors().TakeWhile(node => node != start).Any(static node => node is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax or AnonymousFunctionExpressionSyntax),
        _ => false,
    };

    /// <summary>The body that clears the field does nothing else with blocks, so that nobody looks at it for itself.</summary>
    private bool IsClearedUnseen(FieldUse use) => use.ClearedIn is { } body && !isCandidate(body);

    /// <summary>Whether some member releases what the place holds, when its object is disposed of.</summary>
    internal static bool IsReleased(Place place, INamedTypeSymbol type, FieldUse use)
    {
        if (place.Parent is { Kind: PlaceKind.Member } && !use.ReleasedMembers.IsEmpty)
        {
            // each member of a struct for itself
            return use.ReleasedMembers.Contains(place.DisplayName);
        }

        if (use.ReleasedBy.IsEmpty)
        {
            return false;
        }

        // what only a finalizer releases is not released when Dispose tells the finalizer to stay away
        return !use.ReleasedBy.All(member => member.MethodKind == MethodKind.Destructor) || !type.GetMembers("Dispose").Any(member => member is IMethodSymbol { Parameters.IsEmpty: true } dispose && OwnerMembers.Mentions(dispose, "SuppressFinalize"));
    }

    /// <summary>A method that is judged for itself has filled the field: whoever calls it is not told once more.</summary>
    internal static bool IsToldOfCallee(Block block) =>
        block.Site is IInvocationOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }, TargetMethod: { ReturnsVoid: true, IsVirtual: false, IsOverride: false, IsAbstract: false } called } && !SetUps.IsSetUp(called);
}
