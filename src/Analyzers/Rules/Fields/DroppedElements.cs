using System.Collections.Immutable;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// A type releases what is in its collection when it is disposed of, and so does a member of it that takes something out; another member
/// takes something out and forgets it (LIFE013). Who has made the elements does not matter: that the others release them shows whose they are.
/// </summary>
internal sealed class DroppedElements(FieldOwnership ownership, OwnedObjects objects, OwnedCollections collections)
{
    /// <summary>So many types within each other are looked into.</summary>
    private const int MaxDepth = 2;

    private static readonly ImmutableHashSet<string> s_taking = MemberNames.Removals.Union(MemberNames.Takings);

    /// <summary>Whether the code, by its words alone, takes something out of a collection in a field of its object that can own what is in it.</summary>
    /// <param name="block">The code.</param>
    /// <param name="member">Whose it is.</param>
    /// <param name="candidates">The names.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static bool CanHappenIn(SyntaxNode block, ISymbol member, CandidateIndex candidates, CancellationToken cancellationToken)
    {
        if (member is not IMethodSymbol { IsStatic: false, ContainingType: { TypeKind: TypeKind.Class or TypeKind.Struct } type })
        {
            return false;
        }

        var words = TreeWords.Of(block.SyntaxTree, cancellationToken);
        return (s_taking.Any(name => words.MentionsIn(block.Span, name, WordShapes.Call)) || block.DescendantNodes().Any(static node => node is AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax })) &&
            type.GetMembers().Any(field => field is IFieldSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Private, Type: var declared } && words.MentionsIn(block.Span, OwnerMembers.NameOf((IFieldSymbol)field), WordShapes.Any) && HoldsOwned(declared, candidates, candidates.IsOwner(type) ? 0 : MaxDepth));
    }

    /// <summary>Whether a collection or array of the type can hold what somebody has to release.</summary>
    public static bool HoldsOwned(ITypeSymbol type, CandidateIndex candidates) => HoldsOwned(type, candidates, MaxDepth);

    private static bool HoldsOwned(ITypeSymbol type, CandidateIndex candidates, int depth) => type switch
    {
        IArrayTypeSymbol array => CanBeOwned(array.ElementType, candidates, depth),
        IPointerTypeSymbol pointer => CanBeOwned(pointer.PointedAtType, candidates, depth),
        INamedTypeSymbol named => named.TypeArguments.Any(argument => CanBeOwned(argument, candidates, depth)),
        _ => false,
    };

    /// <summary>Whether what a variable of the type holds may have to be released, as the names tell.</summary>
    public static bool CanBeOwned(ITypeSymbol held, CandidateIndex candidates) => CanBeOwned(held, candidates, MaxDepth);

    private static bool CanBeOwned(ITypeSymbol element, CandidateIndex candidates, int depth) => element switch
    {
        IArrayTypeSymbol or IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => true,
        INamedTypeSymbol declared when candidates.MayBeOwner(declared) => true,
        INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } holder when depth < MaxDepth => holder.GetMembers().Any(member => member is IFieldSymbol { IsStatic: false, IsConst: false, Type: var held } && CanBeOwned(held, candidates, depth + 1)),
        _ => HoldsOwned(element, candidates, depth),
    };

    public IEnumerable<Diagnostic> Judge(BodyResult result, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { IsStatic: false, MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } method || OwnerMembers.IsDisposal(method) || SetUps.IsSetUp(method))
        {
            yield break;
        }

        foreach (var table in result.Facts.TableUses.GroupBy(static use => use.Field))
        {
            if (!table.Any(static use => use.Use is TableUse.Dropped or TableUse.Taken or TableUse.Replaced) || FieldOwnership.FieldOfThis(table.Key, type) is not IFieldSymbol { IsStatic: false } field || !OwnerMembers.IsOnlyReachedHere(field, type))
            {
                continue;
            }

            var use = ownership.Of(field, cancellationToken);
            var drops = use.Drops.Where(drop => SymbolEqualityComparer.Default.Equals(drop.Member, method) && drop.At is not null).Select(static drop => drop.At!).ToList();
            var isReplaced = false;
            if (drops.Count == 0 && Replaced(table, use, field, method, result) is { } replaced)
            {
                isReplaced = true;
                drops.Add(replaced);
            }

            if (drops.Count == 0 || use.IsUnclear || use.ReleasesParameters || Released(use, method, type, cancellationToken) is not { } released ||
                MayEndTheDuty(method, use) || drops.TrueForAll(drop => (IsOfCaller(drop) && !IsKeyed(field.Type)) || CarriedElements.GoOn(drop, field)) || !CollectionMentions.StayHere(field, cancellationToken) || IsPartOfRelease(method, result, use, cancellationToken) ||
                LiesElsewhere(released.Element!, field, type, result, cancellationToken) || KnowsItsHolder(released.Element!, type, method, cancellationToken) || collections.AreOwnBlocks(field, type, cancellationToken))
            {
                continue;
            }

            var evidence = Evidence.ForElements(released.Family, field, drops);
            var properties = evidence.Properties.SetItem(FixData.DisposalIsRightKey, "true");
            var isOnlyOfPool = released is { Family: null, Element: INamedTypeSymbol rented } && !Has(rented, static fill => fill.Lifetime == Lifetime.Process, cancellationToken);
            yield return Diagnostic.Create(Descriptors.FieldNotReleased, drops[0].GetLocation(), isOnlyOfPool ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning, evidence.Locations, released.Element is INamedTypeSymbol { SpecialType: SpecialType.None } owner && released.Family is null ? OwnedObjects.WithRelease(properties, owner) : properties,
                type.Name, OwnerMembers.NameOf(field), released.Family?.Name ?? released.Element!.Name, isReplaced ? $"'{method.Name}' puts another one in the place of one that is there, without releasing it" : $"'{method.Name}' takes out what is in it without releasing it");
        }
    }

    /// <summary>
    /// <c>_items[i] = item;</c> where something is: in a list, where the new element is made of the one that was there, or where another
    /// member of the type releases what stood where it puts something.
    /// </summary>
    private static SyntaxNode? Replaced(IEnumerable<FieldTableUse> table, FieldUse use, IFieldSymbol field, IMethodSymbol method, BodyResult result) =>
        !OwnedCollections.Adds(method) && !use.LeftBy.Contains(method, SymbolEqualityComparer.Default) && (field.Type.Name == "List" || use.ElementReleases.Any(static release => release.Replaces))
            ? table.Where(static one => one.Use == TableUse.Replaced).Select(one => OwnedCollections.BlindReplacement(one, result)?.Syntax).FirstOrDefault(static replaced => replaced is not null)
            : null;

    /// <summary>A release of an element by another member that takes it out, when the disposal of the object releases them as well; null when the type does not show that it owns them.</summary>
    private ElementRelease? Released(FieldUse use, IMethodSymbol method, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var releases = use.ElementReleases;
        return IsReleasedByDisposal(use, type, cancellationToken) && !ownership.Instances.AreAllOf(type, cancellationToken)
            ? releases.FirstOrDefault(release => release.Takes && !OwnerMembers.IsDisposal(release.Member) && !SymbolEqualityComparer.Default.Equals(release.Member, method) && Owns(release, cancellationToken))
            : null;
    }

    /// <summary>The disposal of the object releases the elements, or calls what does.</summary>
    private bool IsReleasedByDisposal(FieldUse use, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        OwnedCollections.IsDoneByDisposal(use.ElementReleases.Select(static release => release.Member).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default).ToImmutableArray(), type, ownership, cancellationToken);

    /// <summary>What is released is native memory, or an object that nothing but its Dispose releases and that has native or rented memory.</summary>
    private bool Owns(ElementRelease release, CancellationToken cancellationToken) =>
        release.Element is INamedTypeSymbol { SpecialType: SpecialType.None, DeclaringSyntaxReferences.IsEmpty: false } owner
            ? objects.CanOnlyBeDisposedOf(owner, cancellationToken) && Has(owner, static fill => fill.Lifetime != Lifetime.Request, cancellationToken)
            : release is { Element: not null, Family: { Lifetime: Lifetime.Process, IsInferred: false, MayStayUnreleased: false, IsNeverReleased: false } family } && (!family.ReleasedThroughItself || family.DiscardIsDeliberate);

    /// <summary>Whether objects of the type have something of such a family.</summary>
    private bool Has(INamedTypeSymbol owner, Func<Family, bool> isMeant, CancellationToken cancellationToken) =>
        owner.GetMembers().Any(member => member is IFieldSymbol { IsStatic: false, IsConst: false } field && Frame.CanCarry(field.Type) &&
            ownership.Of(field, cancellationToken).Fills.Any(fill => fill is { MayStayUnreleased: false, IsNeverReleased: false } && isMeant(fill)));

    /// <summary>The member leaves what it lets go of to its caller, by its name; unless one of that name releases.</summary>
    private static bool MayEndTheDuty(IMethodSymbol method, FieldUse use) =>
        OwnedCollections.EndsTheDuty(method) && !use.ElementReleases.Any(release => OwnedCollections.EndsTheDuty(release.Member) && method.Name.StartsWith(release.Member.Name, StringComparison.Ordinal));

    /// <summary><c>_blocks.Remove(block)</c>: the caller has it already.</summary>
    private static bool IsOfCaller(SyntaxNode drop) =>
        drop is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Remove" }, ArgumentList.Arguments: { Count: 1 } arguments } &&
        arguments[0].Expression is IdentifierNameSyntax { Identifier.ValueText: var name } && drop.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>()?.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == name) == true;

    /// <summary>What the caller has is the key, and not the element.</summary>
    private static bool IsKeyed(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments: { Length: 2 } arguments } && !SymbolEqualityComparer.Default.Equals(arguments[0], arguments[1]);

    /// <summary>A member that releases the elements calls this one, or the other way round.</summary>
    private bool IsPartOfRelease(IMethodSymbol method, BodyResult result, FieldUse use, CancellationToken cancellationToken) =>
        ownership.Calls(result.Unit, use.LeftBy, cancellationToken) ||
        use.LeftBy.Any(member => member.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken).DescendantNodes().Any(node => node is InvocationExpressionSyntax { Expression: var called } &&
            called is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } && (called as IdentifierNameSyntax ?? (IdentifierNameSyntax)((MemberAccessExpressionSyntax)called).Name).Identifier.ValueText == method.Name)));

    /// <summary>What is in the collection lies in another one of the object as well, which releases it too, and the member leaves it there.</summary>
    private bool LiesElsewhere(ITypeSymbol element, IFieldSymbol field, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken) =>
        type.GetMembers().Any(member => member is IFieldSymbol { IsStatic: false } other && !SymbolEqualityComparer.Default.Equals(other, field) && Tables.IsPartOf(element, other.Type) && AreChangedTogether(field, other, type, cancellationToken) &&
            !result.Facts.TableUses.Any(use => use.Use is TableUse.Dropped or TableUse.Taken && SymbolEqualityComparer.Default.Equals(FieldOwnership.FieldOfThis(use.Field, type) as IFieldSymbol, other)) &&
            ownership.Of(other, cancellationToken) is { IsTableLeft: true } or { IsHandedOn: true });

    /// <summary>A member that does not end the object changes both collections.</summary>
    private static bool AreChangedTogether(IFieldSymbol field, IFieldSymbol other, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.GetMembers().Any(member => member is IMethodSymbol method && !OwnerMembers.IsDisposal(method) && method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is var body && CollectionMentions.AreChangesIn(body, field) && CollectionMentions.AreChangesIn(body, other)));

    /// <summary>The element says when it ends, or takes itself out: then it may have been released before.</summary>
    private static bool KnowsItsHolder(ITypeSymbol element, INamedTypeSymbol holder, IMethodSymbol method, CancellationToken cancellationToken) =>
        element.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is var declared && (
            declared.DescendantNodes().Any(node => node is EventFieldDeclarationSyntax or EventDeclarationSyntax || node is IdentifierNameSyntax { Identifier.ValueText: var name } && (name == holder.Name || name == method.Name)) ||
            element.GetMembers().Any(static member => member is IFieldSymbol { IsStatic: false, Type.TypeKind: TypeKind.Delegate })));
}
