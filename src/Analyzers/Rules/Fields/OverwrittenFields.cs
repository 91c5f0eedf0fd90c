using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>A member gives a field another block, or none, while it holds one that the type owns (LIFE013).</summary>
internal sealed class OverwrittenFields(FieldOwnership ownership, OwnedObjects objects, InheritedFields inherited, OwnedParts parts)
{
    /// <summary>The field is given another value while it holds a block that nobody has released or taken.</summary>
    public IEnumerable<Diagnostic> JudgeOverwrites(Outcome outcome, IMethodSymbol method, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken)
    {
        foreach (var write in outcome.Writes)
        {
            if ((OwnerMembers.Field(write.Key, type) ?? inherited.ReplacedBy(write, outcome, type, cancellationToken)) is not { } field || write.Key.Parent is not { Kind: PlaceKind.Object or PlaceKind.This })
            {
                if (parts.JudgeOverwrite(write, outcome, method, type, cancellationToken) is { } part)
                {
                    yield return part;
                }

                continue;
            }

            if (write.Value is Sym { Kind: SymKind.NewObject } && objects.JudgeOverwrite(outcome, write.Key, field, method, type, result, SetUps.IsSetUp(method), cancellationToken) is { } lost)
            {
                yield return lost;
                continue;
            }

            var takesNew = write.Value is Pointer { IsView: false } pointer && outcome.Blocks.Any(block => block.Key == pointer.Block);
            var clears = write.Value is Const { IsNullOrZero: true } && OwnerMembers.IsDisposal(method);
            if (takesNew && ((Pointer)write.Value).Block.RootsItsHolder && OwnerMembers.DisposalOf(type) is null)
            {
                // an object keeps itself alive once, until it is called
                continue;
            }

            var isSetUp = SetUps.IsSetUp(method) && (method.DeclaredAccessibility == Accessibility.Private || !takesNew || !IsUsed(write.Key, result) || !IsReadBefore(((Pointer)write.Value).Block.Site?.Syntax, OwnerMembers.NameOf(field)));
            if ((!takesNew && !clears) || isSetUp || IsKept(outcome, write.Key) || IsSwitchedOn(outcome) || IsCounted(outcome, write.Key, type, result) || IsReleasedWhenAsked(write, field, type, result, cancellationToken))
            {
                continue;
            }

            if (field.DeclaredAccessibility == Accessibility.Private && !OwnerMembers.IsOnlyReachedHere(field, field.ContainingType))
            {
                // an object of a class that is nested in the type for it may have released it
                continue;
            }

            var use = ownership.Of(field, cancellationToken);
            if (use.Fills.IsEmpty || (clears ? use.IsHandedOn : use.ReleasedBy.IsEmpty) || use.Fills.Any(fill => fill.Lifetime == Lifetime.Request || fill.MayStayUnreleased) ||
                (clears ? use.Fills.Any(fill => fill is { Lifetime: Lifetime.Pool, ReleasedByDispose: false }) && !ReturnsAnother(outcome, write.Key) : use.Fills.Any(fill => fill.Lifetime == Lifetime.Pool) && (use.IsHandedOn || !(IsUsed(write.Key, result) || IsUsedByView(write, outcome, result)))))
            {
                continue;
            }

            if (clears ? IsEndOfList(field, type, cancellationToken) || ownership.IsWithinAnother(use, cancellationToken) : ownership.Initialized.IsSetter(method, cancellationToken) || ownership.FirstCalls.AreAllOf(method, cancellationToken))
            {
                continue;
            }

            var block = takesNew ? ((Pointer)write.Value).Block : null;
            if (block is not null && UnreleasedFields.IsToldOfCallee(block))
            {
                continue;
            }

            var at = block?.Site?.Syntax ?? result.Unit.Syntax;
            var evidence = Evidence.ForField(block, field, FixData.ReasonOverwritten, result.Unit.Syntax, block is null && use.Fills.Length == 1 ? use.Fills[0] : null);
            yield return Diagnostic.Create(Descriptors.FieldNotReleased, at.GetLocation(), evidence.Locations, evidence.Properties,
                type.Name, OwnerMembers.NameOf(field), block?.AllocatedBy ?? use.Fills[0].Name, $"'{method.Name}' gives the field another value without releasing the block that it holds");
        }
    }

    /// <summary>The member uses what the field holds before it takes another: then it does hold something. A rented buffer that may be none is nobody's loss.</summary>
    private static bool IsUsed(Place place, BodyResult result) => result.Summary.UsedInputs.Any(used => used.Place == place);

    /// <summary>The same member gives another rented buffer back: that this one is only forgotten is no decision.</summary>
    private static bool ReturnsAnother(Outcome outcome, Place place) =>
        outcome.Effects.Any(effect => effect is { Ownership: Ownership.Released, Family: { Lifetime: Lifetime.Pool, ReleasedByDispose: false }, Input.Place: { } other } && other != place && other.Parent == place.Parent);

    /// <summary>Whoever comes to the allocation has asked the field for something before, which nothing can be asked for: <c>if (_items.Length &lt; count) _items = Rent(count);</c>.</summary>
    private static bool IsReadBefore(SyntaxNode? allocation, string field)
    {
        for (var node = allocation; node is not (null or MemberDeclarationSyntax); node = node.Parent)
        {
            if (node.Parent is IfStatementSyntax { Condition: var condition } chosen && chosen.Statement == node && Reads(condition))
            {
                return true;
            }

            if (node is StatementSyntax statement && node.Parent is BlockSyntax block && block.Statements.Take(block.Statements.IndexOf(statement)).Any(before => before is LocalDeclarationStatementSyntax or ExpressionStatementSyntax && Reads(before)))
            {
                return true;
            }
        }

        return false;

        bool Reads(SyntaxNode code) => code.DescendantNodesAndSelf().Any(name => name is IdentifierNameSyntax { Identifier.ValueText: var read } && read == field &&
            ((name.Parent is MemberAccessExpressionSyntax access && access.Expression == name) || name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Parent: MemberAccessExpressionSyntax or ElementAccessExpressionSyntax } or ElementAccessExpressionSyntax));
    }

    /// <summary>The same of a view over the block that another field gets beside it: <c>_span = _array = grown;</c>.</summary>
    private static bool IsUsedByView(KeyValuePair<Place, Value> write, Outcome outcome, BodyResult result) =>
        write.Value is Pointer { Block: var block } && outcome.Writes.Any(beside => beside.Key != write.Key && beside.Key.Parent == write.Key.Parent && beside.Value is Pointer { Block: var seen } && seen == block &&
            beside.Key.Type is { IsRefLikeType: true } && IsUsed(beside.Key, result));

    /// <summary>Whether what the field held is released, handed on, known to be nothing or what lies elsewhere, or held by somebody else.</summary>
    internal static bool IsKept(Outcome outcome, Place place) =>
        FieldOutcomes.IsGoneIn(outcome, place) || IsLinked(outcome, place) || outcome.Guards.Any(guard => IsFoundEmpty(guard, place)) ||
        outcome.Guards.Any(guard => guard.Key is Sym { Place: { } guarded } ? guarded == place && guard.Value.Only is 0L : guard.Value.Only is true && IsNoneOfItsOwn(guard.Key, place)) ||
        (outcome.Result is Sym { Place: { } returned } && returned == place) ||
        outcome.Writes.Any(other => other.Key != place && FieldOutcomes.Mentions(other.Value, place)) ||
        FieldOutcomes.Mentions(outcome.Result, place);

    /// <summary>The old node leads to the new one, and that to what the old one led to: <c>n-&gt;Next = _last-&gt;Next; _last-&gt;Next = n; _last = n;</c>. Who goes round the ring meets both.</summary>
    private static bool IsLinked(Outcome outcome, Place place) =>
        outcome.Writes.FirstOrDefault(write => write.Key == place).Value is Pointer { Block: var node } &&
        outcome.Writes.Any(link => link.Key != place && FieldOutcomes.LiesIn(link.Key, place) && link.Value is Pointer { Block: var next } && next == node);

    /// <summary>The member looks at a flag of its object, does nothing when it is as it shall be, and sets it: <c>if (_enabled == value) return; _enabled = value;</c>.</summary>
    private static bool IsSwitchedOn(Outcome outcome) => outcome.Writes.Any(write =>
        write.Key is { Root: IFieldSymbol { Type.SpecialType: SpecialType.System_Boolean } } flag && outcome.Guards.Any(guard => FieldOutcomes.Mentions(guard.Key is Expression { Operator: Operator.Equal } comparison ? comparison.Left is Sym { Place: { } left } && left == flag ? comparison.Left : comparison.Right : guard.Key, flag)));

    /// <summary>
    /// The member, or the one of its object that it has called for the new block, releases the field within an <c>if</c> that
    /// asks another field or the length of this one. What summaries say of lengths is not enough to tell the ways apart.
    /// </summary>
    private bool IsReleasedWhenAsked(KeyValuePair<Place, Value> write, IFieldSymbol field, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken)
    {
        var outcomes = result.Summary.Outcomes;
        if (write.Value is Pointer { Block.Site: IInvocationOperation { Instance: IInstanceReferenceOperation, TargetMethod: var called } } && ownership.SummaryOf(called, cancellationToken) is { } summary)
        {
            outcomes = outcomes.AddRange(summary.Outcomes);
        }

        return outcomes.Any(outcome => outcome.Effects.Any(effect => effect is { Ownership: Ownership.Released, At.Syntax: { } at, Input.Place: { } place } && SymbolEqualityComparer.Default.Equals(OwnerMembers.Field(place, type), field) &&
            at.Ancestors().TakeWhile(static node => node is not MemberDeclarationSyntax).Any(node => node is IfStatementSyntax { Condition: var condition, Statement: var released } && released.Span.Contains(at.Span) &&
                condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == OwnerMembers.NameOf(field)
                    ? name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } asked && asked.Expression == name
                    : type.GetMembers(name.Identifier.ValueText).Any(static member => member is IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false })))));
    }

    /// <summary>One of two pointers to nodes of the same list, which goes through its other end to be released.</summary>
    private bool IsEndOfList(IFieldSymbol field, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        field.Type is IPointerTypeSymbol { PointedAtType: INamedTypeSymbol node } && node.GetMembers().Any(member => member is IFieldSymbol { IsStatic: false } next && SymbolEqualityComparer.Default.Equals(next.Type, field.Type)) &&
        type.GetMembers().Any(member => member is IFieldSymbol { IsStatic: false } other && !SymbolEqualityComparer.Default.Equals(other, field) && SymbolEqualityComparer.Default.Equals(other.Type, field.Type) &&
            ownership.Of(other, cancellationToken) is var use && (!use.ReleasedBy.IsEmpty || use.IsHandedOn));

    /// <summary>What the field holds has no length: <c>if (_rest.IsEmpty) _rest = Rent();</c>.</summary>
    private static bool IsFoundEmpty(KeyValuePair<Value, Fact> guard, Place place) =>
        guard is { Key: Sym { Kind: SymKind.Read, Origin: ReadOrigin { Of: Sym { Place: { } asked } } }, Value.Only: 0L } && asked == place;

    /// <summary><c>_buffer == s_shared</c>, <c>_buffer == null || _buffer == s_shared</c>.</summary>
    private static bool IsNoneOfItsOwn(Value condition, Place place) => condition switch
    {
        Expression { Operator: Operator.Or } either => IsNoneOfItsOwn(either.Left, place) && IsNoneOfItsOwn(either.Right, place),
        Expression { Operator: Operator.Equal, Left: Sym { Place: { } left }, Right: Sym { Place: { } right } } => (left == place) != (right == place),
        Expression { Operator: Operator.Equal, Left: Sym { Place: { } alone }, Right: Const { IsNullOrZero: true } } => alone == place,
        _ => false,
    };

    /// <summary>
    /// Another field of the object, or the length of what the field holds, says whether there is anything to release: the
    /// member asks it and releases on the other way (<c>if (_capacity > 0) Free(_p); _p = Allocate(n);</c>), or finds it to
    /// be nothing and sets it together with the field (<c>if (_tail == null) _head = node; _tail = node;</c>).
    /// </summary>
    private static bool IsCounted(Outcome outcome, Place place, INamedTypeSymbol type, BodyResult result) =>
        (outcome.Guards.Any(guard => AsksAnother(guard.Key, place, type)) && result.Summary.Outcomes.Any(other => other.Effects.Any(effect => effect is { Ownership: Ownership.Released or Ownership.Transferred, IsOnlyMislaid: false } && effect.Input.Place == place))) ||
        outcome.Guards.Any(guard => guard.Key is Sym { Place: { } flag } && flag != place && OwnerMembers.Field(flag, type) is not null && (guard.Value.IsEqual(null) == true || guard.Value.Maximum <= 0) &&
            outcome.Writes.Any(write => write.Key == flag && write.Value is not Const { IsNullOrZero: true }));

    /// <summary>Whether a condition is about another field of the receiver, or about what the object in the place says of itself.</summary>
    private static bool AsksAnother(Value condition, Place place, INamedTypeSymbol type) => condition switch
    {
        Expression expression => AsksAnother(expression.Left, place, type) || AsksAnother(expression.Right, place, type),
        Sym { Place: { } asked } => asked != place && (OwnerMembers.Field(asked, type) is not null || asked.Base is { Kind: PlaceKind.Object, Root: Sym { Place: { } outer } } && outer == place),
        Sym { Kind: SymKind.Read, Origin: ReadOrigin read } => read.Of is Sym { Place: { } of } && of == place,
        _ => false,
    };
}
