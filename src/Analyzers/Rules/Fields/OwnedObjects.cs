using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>A type makes an object that owns native memory, keeps it in a field, and never disposes of it (LIFE013); of one that has only rented something that is information.</summary>
internal sealed class OwnedObjects(FieldOwnership ownership)
{
    /// <summary>So many objects within each other are looked into.</summary>
    private const int MaxDepth = 2;

    /// <summary>The report about the block of such an object; null when there is nothing to say.</summary>
    public Diagnostic? Judge(Departure departure, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken)
    {
        if (FieldOf(departure, type, result, cancellationToken) is not { } field)
        {
            return null;
        }

        var block = departure.Block;
        var use = ownership.Of(field, cancellationToken);
        if (!use.ReleasedBy.IsEmpty || use.IsHandedOn || use.IsCleared || !OwnerMembers.IsOnlyReachedHere(field, type) || ownership.Instances.AreAllOf(type, cancellationToken) || IsMentionedInDisposal(field, type, cancellationToken))
        {
            return null;
        }

        var disposes = OwnerMembers.DisposalOf(type);
        if ((type.IsValueType || FieldReports.IsOnlyOfPool(block)) && disposes is null)
        {
            return null;
        }

        var evidence = Evidence.ForField(block, field, disposes is null ? FixData.ReasonNoDispose : FixData.ReasonForgotten, null);
        var properties = WithRelease(evidence.Properties, (INamedTypeSymbol)block.OwnerType!);
        return Diagnostic.Create(
            Descriptors.FieldNotReleased, block.Site!.Syntax.GetLocation(), FieldReports.SeverityOf(block, Descriptors.FieldNotReleased), evidence.Locations, properties,
            type.Name, OwnerMembers.NameOf(field), block.AllocatedBy, disposes is null ? "has no Dispose that releases it" : $"'{disposes}' does not release it");
    }

    /// <summary>The field in which the body leaves the object that the block came with, when nothing but the disposal of that releases it; null otherwise.</summary>
    public IFieldSymbol? FieldOf(Departure departure, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken) =>
        departure is { Block: { OwnerType: INamedTypeSymbol owner, Family: { Lifetime: not Lifetime.Request, MayStayUnreleased: false }, IsKeptByObject: false }, Place.Base: { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.NewObject } made } } && CanOnlyBeDisposedOf(owner, cancellationToken)
            ? FieldOf(made, type, result)
            : null;

    /// <summary>How objects of the type are released, for the fix.</summary>
    public static ImmutableDictionary<string, string?> WithRelease(ImmutableDictionary<string, string?> properties, INamedTypeSymbol owner) =>
        OwnerMembers.DisposalOf(owner) is { } release ? properties.SetItem(FixData.ReleaseTemplateKey, "{0}." + release + "()").SetItem(FixData.ReleaseTextKey, release) : properties;

    /// <summary>A member makes another such object for a field that its type disposes of, and does nothing about the one that the field may hold.</summary>
    public Diagnostic? JudgeOverwrite(Outcome outcome, Place place, IFieldSymbol field, IMethodSymbol method, INamedTypeSymbol type, BodyResult result, bool isSetUp, CancellationToken cancellationToken)
    {
        if (isSetUp || outcome.Writes.First(write => write.Key == place).Value is not Sym made || BlockOf(made, outcome) is not { OwnerType: INamedTypeSymbol owner, Family: { Lifetime: not Lifetime.Request, MayStayUnreleased: false } } block ||
            IsLookedAt(outcome, place) || FieldOutcomes.IsReleasedAlike(outcome, place, result.Summary.Outcomes) || ownership.IsFoundEmpty(outcome, place, field.Type, cancellationToken) || !CanOnlyBeDisposedOf(owner, cancellationToken) || (made.Type is INamedTypeSymbol outer && !SymbolEqualityComparer.Default.Equals(outer, owner) && !CanOnlyBeDisposedOf(outer, cancellationToken)) || !OwnerMembers.IsOnlyReachedHere(field, type) || ownership.Instances.AreAllOf(type, cancellationToken))
        {
            return null;
        }

        var use = ownership.Of(field, cancellationToken);
        return ((use.IsHandedOn || !use.ReleasedBy.Any(OwnerMembers.IsDisposal)) && !FieldsBehindInterfaces.AreOwned(field, type, cancellationToken)) || DetachedFields.IsShownToDelegate(field, result.Unit) || !IsOnlyReplaced(method, OwnerMembers.NameOf(field), cancellationToken)
            ? null
            : FieldReports.Report(Descriptors.FieldNotReleased, block.Site!.Syntax, block, field, FixData.ReasonOverwritten, result.Unit.Syntax,
                type.Name, OwnerMembers.NameOf(field), block.AllocatedBy, $"'{method.Name}' gives the field another value without releasing the object that it holds");
    }

    /// <summary>
    /// Once the field gets the new object, and otherwise the old one is only worked with: <c>_sum = _sum + next;</c>,
    /// <c>_image = _image.Scale(2);</c>, <c>Interlocked.Exchange(ref _image, next);</c>. A condition on it, or a lambda that has it, may know what becomes of it.
    /// </summary>
    private static bool IsOnlyReplaced(IMethodSymbol method, string name, CancellationToken cancellationToken)
    {
        var replacements = 0;
        foreach (var mention in method.DeclaringSyntaxReferences.SelectMany(reference => reference.GetSyntax(cancellationToken).DescendantNodes()).OfType<IdentifierNameSyntax>().Where(mention => mention.Identifier.ValueText == name))
        {
            SyntaxNode field = mention.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access : mention;
            if ((field.Parent is AssignmentExpressionSyntax assignment && assignment.Left == field) || (field.Parent is ArgumentSyntax { Parent.Parent: { } call } && DroppedExchanges.Of(call)?.Target == field))
            {
                replacements++;
            }
            else if (!(field.Parent is BinaryExpressionSyntax { RawKind: not ((int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.CoalesceExpression) } or ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.None } or MemberAccessExpressionSyntax { Parent: not InvocationExpressionSyntax { Parent: ExpressionStatementSyntax, ArgumentList.Arguments.Count: 0 } }) || IsAsked(field))
            {
                return false;
            }
        }

        return replacements == 1;
    }

    private static bool IsAsked(SyntaxNode mention)
    {
        for (var node = mention; node is not MemberDeclarationSyntax && node.Parent is { } parent; node = parent)
        {
            if (parent is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax || (parent is IfStatementSyntax tested && tested.Condition == node) || (parent is ConditionalExpressionSyntax chosen && chosen.Condition == node) || (parent is WhileStatementSyntax loop && loop.Condition == node) || parent is SwitchExpressionSyntax or SwitchStatementSyntax)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A block that the new object owns from the beginning, or a new object in one of its fields does.</summary>
    private static Block? BlockOf(Sym made, Outcome outcome, int depth = 0)
    {
        foreach (var write in outcome.Writes)
        {
            if (depth < MaxDepth && write.Key is { Kind: PlaceKind.Member, Parent: { Kind: PlaceKind.Object, Root: Sym around } } && around == made && write.Value is Sym { Kind: SymKind.NewObject } inner && inner != made && BlockOf(inner, outcome, depth + 1) is { } nested)
            {
                return nested;
            }

            if (write.Key.Base is { Kind: PlaceKind.Object, Root: Sym owner } && owner == made && write.Value is Pointer { IsView: false, Block: { Site: not null } block } && outcome.Blocks.Any(known => known.Key == block && known.Value.Ownership == Ownership.Owned))
            {
                return block;
            }
        }

        return null;
    }

    /// <summary>What the field held is asked for, or something happens to what lies in it.</summary>
    private static bool IsLookedAt(Outcome outcome, Place place) =>
        outcome.Guards.Any(guard => guard.Key is Sym { Place: { } guarded } && guarded == place) ||
        outcome.Effects.Any(effect => effect.Input.Place is { } changed && (changed == place || changed.Base is { Kind: PlaceKind.Object, Root: Sym { Place: { } outer } } && outer == place)) ||
        outcome.Writes.Any(write => write.Key != place && write.Value is Sym { Place: { } kept } && kept == place) ||
        outcome.Result is Sym { Place: { } returned } && returned == place;

    /// <summary>Whether the type releases what it owns when it is disposed of, and by no finalizer.</summary>
    public bool CanOnlyBeDisposedOf(INamedTypeSymbol owner, CancellationToken cancellationToken)
    {
        for (INamedTypeSymbol? type = owner; type is { SpecialType: SpecialType.None } && !MemoryManagers.IsBase(type); type = type.BaseType)
        {
            if (type.DeclaringSyntaxReferences.IsEmpty || type.GetMembers().Any(member => member is IMethodSymbol { MethodKind: MethodKind.Destructor }))
            {
                return false;
            }
        }

        return OwnerMembers.DisposalOf(owner) is { } end && (end == "Dispose" || MemberNames.OtherEnds.Contains(end)) && ownership.ReleasesAnything(owner, cancellationToken);
    }

    /// <summary>The only field of the receiver that holds the object when the body ends.</summary>
    private static IFieldSymbol? FieldOf(Sym made, INamedTypeSymbol type, BodyResult result)
    {
        var fields = result.Summary.Outcomes.SelectMany(outcome => outcome.Writes).Where(write => write.Value.Equals(made)).Select(write => write.Key).Distinct().ToList();
        return fields.Count == 1 && fields[0].Parent is { Kind: PlaceKind.Object or PlaceKind.This } ? OwnerMembers.Field(fields[0], type) : null;
    }

    /// <summary>Who says its name where the object is disposed of does something about it, in whatever way.</summary>
    private static bool IsMentionedInDisposal(IFieldSymbol field, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var name = (field.AssociatedSymbol ?? field).Name;
        return type.GetMembers().OfType<IMethodSymbol>().Where(OwnerMembers.IsDisposal).SelectMany(method => method.DeclaringSyntaxReferences)
            .Any(reference => reference.GetSyntax(cancellationToken).DescendantTokens().Any(token => token.ValueText == name));
    }
}
