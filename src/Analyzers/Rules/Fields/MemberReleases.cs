using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Rules.Blocks;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>LIFE006, LIFE008 and LIFE009: a member releases a field wrongly, or leaves in it what the disposal releases again.</summary>
internal sealed class MemberReleases(FieldOwnership ownership, InheritedFields inherited)
{
    public IEnumerable<Diagnostic> Judge(Outcome outcome, IMethodSymbol method, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken)
    {
        foreach (var effect in outcome.Effects)
        {
            if (effect is not { Ownership: Ownership.Released, Family: not { IsCounted: true } } || effect.At is not { } at || effect.Input.Place is not { } place ||
                !result.Unit.Syntax.Span.Contains(at.Syntax.Span) || at.Syntax.SyntaxTree != result.Unit.Syntax.SyntaxTree)
            {
                continue;
            }

            if (OwnerMembers.Field(place, type) is not { } field)
            {
                if (inherited.JudgeRelease(effect, type, cancellationToken) is { } wrong)
                {
                    yield return wrong;
                }

                continue;
            }

            var use = ownership.Of(field, cancellationToken);
            if (use is { Foreign: { } foreign, IsFilledOtherwise: false, Fills.IsEmpty: true } && field.DeclaredAccessibility == Accessibility.Private)
            {
                yield return FieldReports.Report(Descriptors.NotAllocated, at.Syntax, null, field, "foreign", null, $"'{OwnerMembers.NameOf(field)}'", effect.Family?.ReleaseText ?? "the release", foreign);
            }
            else if (effect.Family is { } released && use.Fills.Length > 0 && use.Fills.All(released.IsNotFor))
            {
                yield return FieldReports.Report(Descriptors.WrongFamily, at.Syntax, use.Fills[0], field,
                    $"'{OwnerMembers.NameOf(field)}'", released.ReleaseText, use.Fills[0].Name, use.Fills[0].ReleaseText);
            }
            else if (effect.Family is { PerInstance: true } pooled && Pools.KeyOf(effect.Pool) is { } pool && !use.IsFilledFromOutside && use.Fills.Length == 1 && use.Fills[0].Name == pooled.Name && use.Pools.All(rented => Pools.AreApart(rented, pool)))
            {
                yield return FieldReports.Report(Descriptors.WrongFamily, at.Syntax, use.Fills[0], field, $"'{OwnerMembers.NameOf(field)}'", pooled.ReleaseText, use.Fills[0].Name, "the pool that it was rented from");
            }
            else if (use.FillsInside && place.Parent is { Kind: PlaceKind.Object or PlaceKind.This })
            {
                yield return FieldReports.Report(Descriptors.NotAllocated, at.Syntax, null, field, "interior", null,
                    $"'{OwnerMembers.NameOf(field)}'", effect.Family?.ReleaseText ?? "the release", "moved into its block by another member, and is not its start any more");
            }
            else if (IsReleasedByFinalizer(outcome, method, place, use, type))
            {
                yield return FieldReports.Report(Descriptors.DoubleFree, at.Syntax, null, field, null, null,
                    MisuseRules.DoubleFree($"'{OwnerMembers.NameOf(field)}'", "the finalizer", $"'{method.Name}', which neither clears the field nor keeps the finalizer away,"));
            }
            else if (!EndsObject(at) && IsReleasedAgain(outcome, method, place, field, use) is { } again)
            {
                yield return FieldReports.Report(Descriptors.DoubleFree, at.Syntax, null, field, null, null,
                    MisuseRules.DoubleFree($"'{OwnerMembers.NameOf(field)}'", again.Name, $"'{method.Name}', which does not clear the field,"));
            }
        }
    }

    /// <summary>What a member allocates, releases and leaves in a field, and what disposes of the object releases again.</summary>
    public IEnumerable<Diagnostic> JudgeLeftovers(BodyResult result, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { MethodKind: MethodKind.Constructor or MethodKind.Ordinary } method || OwnerMembers.IsDisposal(method))
        {
            yield break;
        }

        foreach (var outcome in result.Summary.Outcomes)
        {
            foreach (var write in outcome.Writes)
            {
                if (write.Value is Pointer { IsView: false, IsCleared: false } pointer && outcome.Blocks.FirstOrDefault(block => block.Key == pointer.Block) is { Value: { Ownership: Ownership.Released, ReleasedAt: { } at } } &&
                    ReleasedAgain(write.Key, outcome, method, cancellationToken) is var (field, again))
                {
                    var releaser = method.MethodKind == MethodKind.Constructor ? "the constructor" : $"'{method.Name}'";
                    yield return FieldReports.Report(Descriptors.DoubleFree, at.Syntax, null, field, null, null, MisuseRules.DoubleFree($"'{OwnerMembers.NameOf(field)}'", again.Name, $"{releaser}, which does not clear the field,"));
                }
            }
        }
    }

    /// <summary>The field in which a released block is left, and what disposes of the object and releases it again: of the own object, or of one that somebody else has.</summary>
    private (IFieldSymbol Field, IMethodSymbol Again)? ReleasedAgain(Place left, Outcome outcome, IMethodSymbol method, CancellationToken cancellationToken)
    {
        var own = method.IsStatic ? null : OwnerMembers.Field(left, method.ContainingType);
        var field = own ?? (left is { Parent: { Kind: PlaceKind.Object, Root: Sym { IsInput: true } } } ? left.Field : null);
        if (field is null)
        {
            return null;
        }

        var use = ownership.Of(field, cancellationToken);
        if (use.Fills.Any(fill => fill.ReleasedThroughItself || fill.IsCounted || (own is not null && fill.Lifetime != Lifetime.Process)))
        {
            return null;
        }

        var again = use.ReleasedBy.FirstOrDefault(other => OwnerMembers.IsDisposal(other) && !SymbolEqualityComparer.Default.Equals(other, method));
        var flags = outcome.Writes.Select(static other => other.Key.Root as IFieldSymbol).Where(IsFlag).Select(static flag => flag!.Name).ToList();
        return again is null || (own is not null ? flags.Count > 0 : MayLookAt(again, flags) || AsksFirst(again, field)) ? null : (field, again);
    }

    /// <summary><c>Dispose</c> releases what it leaves in the field in any case, and the finalizer, which nobody keeps away, does the same.</summary>
    private static bool IsReleasedByFinalizer(Outcome outcome, IMethodSymbol method, Place place, FieldUse use, INamedTypeSymbol type) =>
        method is { Name: "Dispose" or "Close" or "Free", Parameters.IsEmpty: true, IsOverride: false, DeclaredAccessibility: not Accessibility.Private } && type.BaseType is { SpecialType: SpecialType.System_Object } && outcome.Guards.IsEmpty && outcome.Writes.IsEmpty &&
        place.Parent is { Kind: PlaceKind.Object or PlaceKind.This } && use.ReleasedBy.Any(static other => other.MethodKind == MethodKind.Destructor) &&
        !use.Fills.IsEmpty && use.Fills.All(static fill => fill is { ReleasedThroughItself: false, Lifetime: Lifetime.Process }) &&
        !type.GetMembers().Any(static member => member is IMethodSymbol any && OwnerMembers.Mentions(any, "SuppressFinalize"));

    /// <summary><c>Dispose();</c>: the member ends its object, and who does that once more calls the disposal twice.</summary>
    private static bool EndsObject(IOperation release) =>
        release is IInvocationOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }, TargetMethod: { DeclaredAccessibility: Accessibility.Public } called } && OwnerMembers.IsDisposal(called);

    /// <summary>A field that may say which release is due: a bool, a small number, or what kind of thing the object holds.</summary>
    private static bool IsFlag(IFieldSymbol? field) => field?.Type is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_Int32 };

    /// <summary>Another member that releases what this one has released and left in the field.</summary>
    private IMethodSymbol? IsReleasedAgain(Outcome outcome, IMethodSymbol method, Place place, IFieldSymbol field, FieldUse use)
    {
        // who ends an object in another way than by Dispose leaves it to be disposed of
        var isOtherEnd = OwnerMembers.IsDisposal(method) && method is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public } && MemberNames.OtherEnds.Contains(method.Name);
        if (method.DeclaredAccessibility == Accessibility.Private || (OwnerMembers.IsDisposal(method) && !isOtherEnd) || method.MethodKind == MethodKind.Destructor || method.IsOverride ||
            use.Fills.Length == 0 || use.Fills.Any(fill => fill.ReleasedThroughItself) || ((!field.IsReadOnly || field.ContainingType.IsValueType) && outcome.Writes.Any(write => write.Key == place || write.Key == place.Parent)))
        {
            return null;
        }

        // a flag that the other looks at may keep it from releasing again
        var flags = outcome.Writes.Select(static write => write.Key.Root as IFieldSymbol).Where(IsFlag).Select(flag => flag!.Name).ToList();

        // a lease that is given back early or disposed of, once: whoever does both is at fault
        var isLease = use.Fills.Any(fill => fill.Lifetime == Lifetime.Pool);
        return use.ReleasedBy.FirstOrDefault(other => OwnerMembers.IsDisposal(other) && !SymbolEqualityComparer.Default.Equals(other, method) && !(isOtherEnd && (other is not { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true } || OwnerMembers.Mentions(other, method.Name) || OwnerMembers.Mentions(method, other.Name))) && !(isLease && OwnerMembers.Mentions(other, method.Name)) && !MayLookAt(other, flags));
    }

    /// <summary>Whether the code of <paramref name="method"/>, or what it calls on its own object, may read one of the fields.</summary>
    private static bool MayLookAt(IMethodSymbol method, List<string> fields) =>
        fields.Count > 0 && method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes().Any(node =>
            node is InvocationExpressionSyntax { Expression: SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax } } ||
            (node is IdentifierNameSyntax name && !IsOnlyWritten(name) && (fields.Contains(name.Identifier.ValueText) || method.ContainingType.GetMembers(name.Identifier.ValueText).Any(member => member is IPropertySymbol)))));

    /// <summary>Whether what the disposal does depends on a flag, a number or a kind that it does not set itself: <c>if (_owns) Free(_block);</c>.</summary>
    internal static bool AsksFirst(IMethodSymbol disposal, IFieldSymbol field) =>
        disposal.DeclaringSyntaxReferences.Select(static reference => reference.GetSyntax()).Any(body => body.DescendantNodes().Any(node =>
            node is IdentifierNameSyntax { Identifier.ValueText: var name } asked && IsInCondition(asked) && disposal.ContainingType.GetMembers(name).Any(member => member is IPropertySymbol || IsFlag(member as IFieldSymbol)) &&
            !SymbolEqualityComparer.Default.Equals(disposal.ContainingType.GetMembers(name).FirstOrDefault(), field) && !body.DescendantNodes().Any(written => written is IdentifierNameSyntax target && target.Identifier.ValueText == name && IsOnlyWritten(target))));

    private static bool IsInCondition(SyntaxNode node)
    {
        for (var inner = node; inner.Parent is { } outer and not MemberDeclarationSyntax; inner = outer)
        {
            if (outer is IfStatementSyntax asked ? asked.Condition == inner : outer is ConditionalExpressionSyntax chosen && chosen.Condition == inner)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOnlyWritten(IdentifierNameSyntax name) => name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression);
}
