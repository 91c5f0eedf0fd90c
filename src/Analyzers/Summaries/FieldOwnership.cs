using System.Collections.Concurrent;
using System.Collections.Immutable;
using LifetimeAnalyzers.Candidates;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Evaluation;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Summaries;

/// <summary>What the members of a type do to its fields: the type as owner. Thread-safe, memoised per field.</summary>
internal sealed class FieldOwnership
{
    private readonly BodyStore _bodies;
    private readonly SummaryStore _summaries;
    private readonly CandidateIndex _candidates;
    private readonly FieldMentions _mentions;
    private readonly ConcurrentDictionary<IFieldSymbol, FieldUse> _fields = new(SymbolEqualityComparer.Default);

    public FieldOwnership(Compilation compilation, BodyStore bodies, SummaryStore summaries, CandidateIndex candidates)
    {
        _candidates = candidates;
        Instances = new StaticInstances(compilation, bodies, candidates);
        Initialized = new InitializedProperties(compilation, bodies);
        FirstCalls = new FirstCalls(compilation, bodies);
        _bodies = bodies;
        _summaries = summaries;
        _mentions = new FieldMentions(bodies);
    }

    /// <summary>Which types have objects that live as long as the process.</summary>
    public StaticInstances Instances { get; }

    /// <summary>Which properties are set nowhere but in object initializers.</summary>
    public InitializedProperties Initialized { get; }

    /// <summary>Which methods are called on new objects only.</summary>
    public FirstCalls FirstCalls { get; }

    /// <summary>What the members of its type do to <paramref name="field"/>.</summary>
    public FieldUse Of(IFieldSymbol field, CancellationToken cancellationToken)
    {
        field = field.OriginalDefinition;
        return _fields.TryGetValue(field, out var use) ? use : _fields.GetOrAdd(field, Collect(field, cancellationToken));
    }

    /// <summary>Whether a member of the type releases what <paramref name="field"/> holds.</summary>
    public bool IsReleased(IFieldSymbol field, CancellationToken cancellationToken)
    {
        field = field.OriginalDefinition;

        // bodies that have nothing to do with blocks need not be gone through, and by their names not even be bound
        return (_fields.ContainsKey(field) || _mentions.BodiesThatReach(field, cancellationToken, _candidates.IsCandidate).Any(body => _summaries.ResultOf(body, Budget.Default, cancellationToken) is not null)) &&
            !Of(field, cancellationToken).ReleasedBy.IsEmpty;
    }

    /// <summary>Whether any member of the type, or of one that it derives from, releases anything that its objects hold.</summary>
    public bool ReleasesAnything(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        for (var current = type.OriginalDefinition; current is { DeclaringSyntaxReferences.IsEmpty: false }; current = current.BaseType?.OriginalDefinition)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IFieldSymbol { IsConst: false } field && Frame.CanCarry(field.Type) && Of(field, cancellationToken) is var use && (!use.ReleasedBy.IsEmpty || use.IsHandedOn))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The families of the blocks that the type's own members put into a place of its objects.</summary>
    public ImmutableArray<Family> DeparturesTo(INamedTypeSymbol type, Func<Place, bool> isMeant, CancellationToken cancellationToken)
    {
        var families = ImmutableArray.CreateBuilder<Family>();
        foreach (var member in type.OriginalDefinition.GetMembers())
        {
            if (member is IMethodSymbol { IsStatic: false } method && _bodies.BodyOf(method, cancellationToken) is { } body)
            {
                foreach (var departure in _summaries.FullResultOf(body, Budget.Default, cancellationToken).Facts.Departures)
                {
                    if (departure is { Place: { } place, Block.Family: { } family } && isMeant(place) && !families.Contains(family))
                    {
                        families.Add(family);
                    }
                }
            }
        }

        return families.ToImmutable();
    }

    /// <summary>Whether a constructor of the type, or an initializer, puts a block into <paramref name="field"/>.</summary>
    public bool IsFilledByConstructor(IFieldSymbol field, CancellationToken cancellationToken) =>
        _mentions.BodiesThatReach(field.OriginalDefinition, cancellationToken).Any(body => body.Method is null or { MethodKind: MethodKind.Constructor } &&
            _summaries.FullResultOf(body, Budget.Default, cancellationToken).Facts.Departures.Any(departure => departure is { Place: { } place, Block.Family: not null } && FieldOfThis(place, field.ContainingType) is IFieldSymbol filled && SymbolEqualityComparer.Default.Equals(filled.OriginalDefinition, field.OriginalDefinition)));

    /// <summary>Whether <paramref name="method"/> gives <paramref name="field"/> another block wherever it releases the one that is in it.</summary>
    public bool Renews(IMethodSymbol method, IFieldSymbol field, CancellationToken cancellationToken) =>
        SummaryOf(method, cancellationToken) is { IsUnknown: false } summary && summary.Outcomes.All(outcome => !outcome.Effects.Any(effect => effect.Input.Place?.Field is { } released && SymbolEqualityComparer.Default.Equals(released.OriginalDefinition, field.OriginalDefinition)) ||
            outcome.Writes.Any(write => write.Value is Pointer && write.Key.Field is { } written && SymbolEqualityComparer.Default.Equals(written.OriginalDefinition, field.OriginalDefinition)));

    /// <summary>What a call of the method does; null when its body cannot be read.</summary>
    public Summary? SummaryOf(IMethodSymbol method, CancellationToken cancellationToken) =>
        _bodies.BodyOf(method, cancellationToken) is { } body ? _summaries.FullResultOf(body, Budget.Default, cancellationToken).Summary : null;

    /// <summary>What is known of the members of its type that can reach <paramref name="field"/>.</summary>
    public IEnumerable<BodyResult> ResultsOf(IFieldSymbol field, CancellationToken cancellationToken) =>
        _mentions.BodiesThatReach(field.OriginalDefinition, cancellationToken).Select(body => _summaries.FullResultOf(body, Budget.Default, cancellationToken));

    /// <summary>Whether the code of <paramref name="method"/> has anything to do with <paramref name="field"/>: releases it, hands it on, or mentions it at all.</summary>
    public bool Touches(IMethodSymbol method, IFieldSymbol field, CancellationToken cancellationToken) =>
        _bodies.BodyOf(method, cancellationToken) is not { } body ||
        body.Syntax.DescendantNodes().Any(node => node is InvocationExpressionSyntax { Expression: SimpleNameSyntax } or BaseExpressionSyntax or ThisExpressionSyntax || node is IdentifierNameSyntax { Identifier.ValueText: var name } && name == field.Name);

    /// <summary>The same, by its method; false when its body cannot be read.</summary>
    public bool Calls(IMethodSymbol member, ImmutableArray<IMethodSymbol> members, CancellationToken cancellationToken) =>
        _bodies.BodyOf(member, cancellationToken) is { } body && Calls(body, members, cancellationToken);

    /// <summary>Whether a member of the type calls one of <paramref name="members"/>, itself or through others of the type.</summary>
    public bool Calls(BodyUnit member, ImmutableArray<IMethodSymbol> members, CancellationToken cancellationToken)
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var pending = new Stack<BodyUnit>();
        if (!members.IsEmpty)
        {
            pending.Push(member);
        }

        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var call in pending.Pop().Operations().OfType<IInvocationOperation>())
            {
                var called = call.TargetMethod.OriginalDefinition;
                if (members.Contains(called, SymbolEqualityComparer.Default))
                {
                    return true;
                }

                if (SymbolEqualityComparer.Default.Equals(called.ContainingType, member.Method?.ContainingType.OriginalDefinition) && seen.Add(called) && _bodies.BodyOf(called, cancellationToken) is { } body)
                {
                    pending.Push(body);
                }
            }
        }

        return false;
    }

    private FieldUse Collect(IFieldSymbol field, CancellationToken cancellationToken)
    {
        var type = field.ContainingType;
        var uses = new Dictionary<object, FieldUse>(MemberComparer.Instance);
        var (isUnclear, releasesParameters) = (false, false);
        foreach (var body in _mentions.BodiesThatReach(field, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = _summaries.FullResultOf(body, Budget.Default, cancellationToken);
            isUnclear |= result.Facts.Budget is not null;
            releasesParameters |= result.Summary.Outcomes.Any(outcome => outcome.Effects.Any(static effect => effect is { Ownership: Ownership.Released, Input.Place.Base.Kind: PlaceKind.Parameter }));
            foreach (var departure in result.Facts.Departures)
            {
                if (departure.Place is { } place && FieldOfThis(place, type) is { } filled && departure.Block.Family is { } family)
                {
                    var use = Get(uses, filled);
                    var pool = Pools.KeyOf(departure.Block.Pool);
                    uses[filled] = use with
                    {
                        Beside = use.Beside.Add(FieldsBeside(departure.Block, filled, result, type)),
                        Fills = use.Fills.Contains(family) ? use.Fills : use.Fills.Add(family),
                        Pools = use.Pools.Contains(pool) ? use.Pools : use.Pools.Add(pool),
                    };
                }
            }

            foreach (var outcome in result.Summary.Outcomes)
            {
                AddOutcome(uses, outcome, result, type, cancellationToken);
            }

            AddTables(uses, result, body, type);
            if (IsReleasedInFunctionsOf(body, field, cancellationToken) || NativeAddresses.HandOut(body, field, _bodies, cancellationToken))
            {
                uses[References.KeyOf(field)] = Get(uses, References.KeyOf(field)) with { IsHandedOn = true };
            }
        }

        if (Get(uses, References.KeyOf(field)) is { IsHandedOn: false, Fills.IsEmpty: false } kept && _mentions.StaticBodiesThatMention(field, cancellationToken).Any(body => IsReleasedBy(body, field, isOfThis: false, cancellationToken) || IsReleasedInFunctionsOf(body, field, cancellationToken)))
        {
            uses[References.KeyOf(field)] = kept with { IsHandedOn = true };
        }

        var found = Get(uses, References.KeyOf(field));
        if (found is { IsHandedOn: false, Fills.IsEmpty: false, ReleasedBy.IsEmpty: true } && NativeAddresses.IsLaidOutForNative(type) && IsHandedToNative(type, cancellationToken))
        {
            found = found with { IsHandedOn = true };
        }

        return isUnclear || releasesParameters ? found with { IsUnclear = isUnclear, ReleasesParameters = releasesParameters } : found;
    }

    /// <summary>The other fields that get the same block wherever this one does.</summary>
    private static ImmutableArray<IFieldSymbol> FieldsBeside(Block block, object field, BodyResult result, INamedTypeSymbol type)
    {
        IEqualityComparer<object> keys = MemberComparer.Instance;
        List<object>? beside = null;
        foreach (var outcome in result.Summary.Outcomes)
        {
            var holders = outcome.Writes.Where(write => FlowState.Designates(write.Value, block)).Select(write => FieldOfThis(write.Key, type)).OfType<object>().ToList();
            if (holders.Contains(field, keys))
            {
                beside = beside is null ? holders : beside.FindAll(other => holders.Contains(other, keys));
            }
        }

        return beside is null ? ImmutableArray<IFieldSymbol>.Empty : beside.OfType<IFieldSymbol>().Where(other => !keys.Equals(other, field)).ToImmutableArray();
    }

    /// <summary>Whether the field only says where in a block to go on, which another field holds and members release through that one.</summary>
    public bool IsWithinAnother(FieldUse use, CancellationToken cancellationToken) =>
        use is { Beside.IsEmpty: false, ReleasedBy.IsEmpty: true } &&
        use.Beside.All(others => others.Any(other => Of(other, cancellationToken) is { ReleasedBy.IsEmpty: false }));

    /// <summary>The object's own release hands all of it to native code, which finds the field there.</summary>
    private bool IsHandedToNative(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.GetMembers().OfType<IMethodSymbol>().Any(method => method is { IsStatic: false } && (Families.KnownMembers.IsDisposal(method) || method.MethodKind == MethodKind.Destructor || method.Name is "Dispose" or "Clear" or "Free" or "Close") &&
            _bodies.BodyOf(method, cancellationToken) is { } body && NativeAddresses.HandOutReceiver(body, _bodies, cancellationToken));

    /// <summary>A lambda or local function of the body releases what the field holds, or hands it on: whenever somebody calls it.</summary>
    private bool IsReleasedInFunctionsOf(BodyUnit body, IFieldSymbol field, CancellationToken cancellationToken) =>
        _bodies.NestedIn(body).Any(nested => IsReleasedBy(nested, field, isOfThis: !body.Member.IsStatic, cancellationToken) || IsReleasedInFunctionsOf(nested, field, cancellationToken));

    /// <summary>Whether the body itself releases what the field of the receiver, or of whatever object it is handed, holds.</summary>
    private bool IsReleasedBy(BodyUnit body, IFieldSymbol field, bool isOfThis, CancellationToken cancellationToken)
    {
        var result = _summaries.FullResultOf(body, Budget.Default, cancellationToken);
        return result.Facts.Releases.Keys.Any(block => block.External?.Place is { } released && IsIt(released)) ||
            result.Summary.Outcomes.Any(outcome => outcome.Effects.Any(effect => effect.Input.Place is { } place && IsIt(place)));

        bool IsIt(Place place)
        {
            while (!isOfThis && place.Parent is { Kind: PlaceKind.Member } outer)
            {
                place = outer;
            }

            return isOfThis ? FieldOfThis(place, field.ContainingType) is IFieldSymbol own && SymbolEqualityComparer.Default.Equals(own.OriginalDefinition, field)
                : place.Root is IFieldSymbol other && SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, field);
        }
    }

    /// <summary>What a body does with collections in the type's fields.</summary>
    private static void AddTables(Dictionary<object, FieldUse> uses, BodyResult result, BodyUnit body, INamedTypeSymbol type)
    {
        var releases = result.Facts.Releases.Keys.Any(block => IsReleasedElsewhere(block.External, type)) ||
            result.Summary.Outcomes.Any(outcome => outcome.Effects.Any(effect => effect.Ownership == Ownership.Released && IsReleasedElsewhere(effect.Input, type)));
        foreach (var table in result.Facts.TableUses.GroupBy(use => use.Field))
        {
            if (FieldOfThis(table.Key, type) is not { } field || body.Method is not { } method)
            {
                continue;
            }

            var use = Get(uses, field);
            var isTaken = table.Any(one => one.Use == TableUse.Taken);
            if (table.Any(one => one.Use == TableUse.Left || (one.Use == TableUse.Lent && table.Any(static other => other.Use is TableUse.Taken or TableUse.Dropped or TableUse.Cleared))))
            {
                use = use with { LeftBy = use.LeftBy.Add(method) };
            }
            else if (!releases && table.Any(one => one.Use is TableUse.Dropped or TableUse.Taken))
            {
                use = use with { Drops = use.Drops.AddRange(table.Where(one => one.Use is TableUse.Dropped or TableUse.Taken).Select(one => one.At?.Syntax).Distinct().Select(at => (method, at))) };
            }

            var replaces = table.Any(static one => one.Use == TableUse.Replaced) || (isTaken && table.Any(static one => one.Use is TableUse.Filled or TableUse.FilledOtherwise));
            var takes = isTaken || replaces || table.Any(static one => one.Use == TableUse.Dropped);
            uses[field] = use with
            {
                ElementReleases = use.ElementReleases.AddRange(table.Where(static one => one.Use == TableUse.Released).Select(one => new ElementRelease(method, takes, replaces, one.Element, one.Family, one.At!))),
                AskedBy = table.Any(static one => one.Use is TableUse.Asked or TableUse.Taken or TableUse.Dropped or TableUse.Left) ? use.AskedBy.Add(method) : use.AskedBy,
                LentBy = table.Any(static one => one.Use == TableUse.Lent) ? use.LentBy.Add(method) : use.LentBy,
            };
        }
    }

    /// <summary>What is released is not what another field of the object holds: it may have come out of a collection.</summary>
    private static bool IsReleasedElsewhere(Value? released, INamedTypeSymbol type) =>
        released is not Sym { Kind: SymKind.Input, Place: { } place } || (FieldOfThis(place, type) ?? OwnerOf(place, type)) is null;

    private void AddOutcome(Dictionary<object, FieldUse> uses, Outcome outcome, BodyResult result, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var body = result.Unit;
        foreach (var effect in outcome.Effects)
        {
            if (effect.Input.Place is not { } place || (FieldOfThis(place, type) ?? OwnerOf(place, type)) is not { } field)
            {
                continue;
            }

            var use = Get(uses, field);
            if (effect.Ownership == Ownership.Released && body.Method is { } method && IsOnlyForFinalizer(outcome, method))
            {
                // what Dispose(false) does is the finalizer's
                continue;
            }

            if (effect.Ownership == Ownership.Released && body.Method is { } releasing)
            {
                use = place.Parent is { Kind: PlaceKind.Member } ? use with { ReleasedMembers = use.ReleasedMembers.Add(place.DisplayName) } : use;
                use = FieldOfThis(place, type) is null ? use with { IsReleasedWithin = true } : use;
                uses[field] = use with { ReleasedBy = use.ReleasedBy.Contains(releasing, SymbolEqualityComparer.Default) ? use.ReleasedBy : use.ReleasedBy.Add(releasing) };
            }
            else if (effect.Ownership == Ownership.Transferred && !effect.IsOnlyMislaid)
            {
                uses[field] = use with { IsHandedOn = true };
            }
        }

        foreach (var write in outcome.Writes)
        {
            if (FieldOfThis(write.Key, type) is { } filled && write.Value is not Const)
            {
                var use = Get(uses, filled);
                uses[filled] = write.Value is NotHeap foreign ? use with { Foreign = use.Foreign ?? foreign.Description }
                    : write.Value is Sym { Kind: SymKind.NewObject, Type: IArrayTypeSymbol } ? use with { Foreign = use.Foreign ?? "an array that was made with 'new' and not rented" }
                    : use with { IsFilledOtherwise = true, IsFilledFromOutside = use.IsFilledFromOutside || write.Value is not (Pointer { Block.Site: not null } or Sym { Origin: IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_Array } } }) };
            }

            if (FieldOfThis(write.Key, type) is { } field && write.Value is Pointer { Offset: Offset.Inside, Block.External: { Place: { } from } } && from == write.Key &&
                !outcome.Writes.Any(other => other.Key != write.Key && other.Value is Sym { Place: { } kept } && kept == write.Key))
            {
                uses[field] = Get(uses, field) with { FillsInside = true };
            }
            else if (write.Value is Const { IsNullOrZero: true } && body.Method is { Name: "Dispose" or "DisposeAsync" or "Close" } && !FieldOutcomes.IsGoneIn(outcome, write.Key) && FieldOfThis(write.Key, type) is { } cleared)
            {
                uses[cleared] = Get(uses, cleared) with { IsCleared = true, ClearedIn = body };
            }
            else if (body.Method is { MethodKind: MethodKind.Ordinary } forgetting && FieldOfThis(write.Key, type) is { } left && FieldOutcomes.IsForgotten(write, outcome))
            {
                uses[left] = Get(uses, left) with { ForgottenBy = Get(uses, left).ForgottenBy.Add(forgetting) };
            }
            else if (write.Value is Sym { Kind: SymKind.Input, Place: { } source } && source != write.Key && FieldOfThis(source, type) is { } moved && !FieldOutcomes.IsSwap(write.Key, source, outcome))
            {
                // another place has it now
                var use = Get(uses, moved);
                uses[moved] = use with
                {
                    IsHandedOn = true,
                    MovedOver = write.Key.Root is IFieldSymbol covered && FieldOfThis(write.Key, type) is not null && write.Key.Parent is { Kind: PlaceKind.Object or PlaceKind.This } && FieldOutcomes.IsCovered(write.Key, outcome) && !FieldOutcomes.IsReleasedAlike(outcome, write.Key, result.Summary.Outcomes) && !IsFoundEmpty(outcome, write.Key, covered.Type, cancellationToken) ? use.MovedOver.Add((body, covered.OriginalDefinition, !outcome.Writes.Any(other => other.Key == source))) : use.MovedOver,
                };
            }
        }

        if (outcome.Result is Sym { Kind: SymKind.Input, Place: { } returned } && FieldOfThis(returned, type) is { } given &&
            outcome.Writes.Any(write => write.Key == returned))
        {
            // taken out and replaced: the caller has it
            uses[given] = Get(uses, given) with { IsHandedOn = true };
        }
    }

    /// <summary>
    /// Whether the object in the place has nothing left, by what its own disposal asks first: <c>if (_p == 0) return;</c>. It was
    /// disposed of on this way, or need not be.
    /// </summary>
    public bool IsFoundEmpty(Outcome outcome, Place place, ITypeSymbol owner, CancellationToken cancellationToken)
    {
        if (!outcome.Guards.Any(guard => guard.Key is Sym { Place: { } asked } && asked != place && FieldOutcomes.LiesIn(asked, place)) || DisposalOf(owner) is not { } disposal || SummaryOf(disposal, cancellationToken) is not { } summary)
        {
            return false;
        }

        foreach (var idle in summary.Outcomes.Where(static way => !way.Effects.Any(static effect => effect.Ownership == Ownership.Released)))
        {
            foreach (var needed in idle.Guards)
            {
                if (needed.Key is Sym { Place: { } asked } && outcome.Guards.Any(guard => guard.Key is Sym { Place: { } found } && Equals(found.Root, asked.Root) && FieldOutcomes.LiesIn(found, place) && Equals(guard.Value.Only, needed.Value.Only)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static IMethodSymbol? DisposalOf(ITypeSymbol owner)
    {
        for (ITypeSymbol? type = owner; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            if (type.GetMembers("Dispose").OfType<IMethodSymbol>().FirstOrDefault(KnownMembers.IsDisposal) is { } disposal)
            {
                return disposal;
            }
        }

        return null;
    }

    /// <summary><c>Dispose(bool disposing)</c> where <c>disposing</c> is false.</summary>
    private static bool IsOnlyForFinalizer(Outcome outcome, IMethodSymbol method) =>
        method is { Name: "Dispose", Parameters: { Length: 1 } parameters } && parameters[0].Type.SpecialType == SpecialType.System_Boolean &&
        outcome.Guards.Any(guard => guard.Key is Sym { Place: { Kind: PlaceKind.Parameter } } && guard.Value.IsEqual(false) == true);

    private static FieldUse Get(Dictionary<object, FieldUse> uses, object field) =>
        uses.TryGetValue(field, out var use) ? use : FieldUse.None;

    /// <summary>The key of the field of the receiver that a place is, when it is one of the type's own.</summary>
    public static object? FieldOfThis(Place place, INamedTypeSymbol type)
    {
        // a block deep in a struct field counts for the field
        while (place.Parent is { Kind: PlaceKind.Member } outer)
        {
            place = outer;
        }

        return place.Kind == PlaceKind.Member &&
            place.Parent is { Kind: PlaceKind.This } or { Kind: PlaceKind.Object, Root: Sym { Place.Kind: PlaceKind.This } } &&
            (place.Root is not IFieldSymbol field || SymbolEqualityComparer.Default.Equals(field.ContainingType.OriginalDefinition, type.OriginalDefinition))
            ? place.Root
            : null;
    }

    /// <summary>The field of the receiver that holds the object which the place lies in: who disposes of that object releases what it holds.</summary>
    private static object? OwnerOf(Place place, INamedTypeSymbol type)
    {
        for (var depth = 0; depth < 3 && place.Base is { Kind: PlaceKind.Object, Root: Sym { Kind: SymKind.Input, Place: { } outer } }; depth++)
        {
            if (FieldOfThis(outer, type) is { } field)
            {
                return field;
            }

            place = outer;
        }

        return null;
    }
}
