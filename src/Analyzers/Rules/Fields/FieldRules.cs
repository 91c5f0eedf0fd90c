using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Flow.Transfer;
using LifetimeAnalyzers.Rules.Blocks;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>A type that owns memory in a field: LIFE013 where it is not released or is overwritten, LIFE006, LIFE008 and LIFE009 where a member releases it wrongly.</summary>
internal sealed class FieldRules
{
    private readonly FieldOwnership _ownership;
    private readonly Func<BodyUnit, bool> _isCandidate;
    private readonly Contexts.SingletonTypes _lifetimes;
    private readonly HandleRules _handles;
    private readonly OwnedObjects _objects;
    private readonly OwnedCollections _collections;
    private readonly ElementsLeftBehind _leftElements;
    private readonly DroppedElements _dropped;
    private readonly FilledFields _fills;
    private readonly ForgottenFields _forgotten;
    private readonly DetachedFields _detached;
    private readonly MovedFields _moved;
    private readonly UnlinkedNodes _nodes;
    private readonly InheritedFields _inherited;
    private readonly OwnedParts _parts;
    private readonly OverwrittenFields _overwritten;

    public FieldRules(FieldOwnership ownership, Func<BodyUnit, bool> isCandidate, Contexts.SingletonTypes lifetimes)
    {
        _lifetimes = lifetimes;
        _isCandidate = isCandidate;
        _ownership = ownership;
        _handles = new HandleRules(ownership);
        _inherited = new InheritedFields(ownership);
        _parts = new OwnedParts(ownership);
        _objects = new OwnedObjects(ownership);
        _fills = new FilledFields(ownership, _objects);
        _forgotten = new ForgottenFields(ownership, _fills, isCandidate);
        _detached = new DetachedFields(ownership, _fills);
        _moved = new MovedFields(ownership, _fills);
        _nodes = new UnlinkedNodes(ownership);
        _collections = new OwnedCollections(ownership, _objects);
        _leftElements = new ElementsLeftBehind(ownership);
        _dropped = new DroppedElements(ownership, _objects, _collections);
        _overwritten = new OverwrittenFields(ownership, _objects, _inherited, _parts);
    }

    public IEnumerable<Diagnostic> Judge(BodyResult result, CancellationToken cancellationToken)
    {
        var unit = result.Unit;
        var seen = new HashSet<(SyntaxNode, string)>();
        foreach (var diagnostic in JudgeLeftovers(result, cancellationToken))
        {
            if (seen.Add((unit.Syntax, diagnostic.Id + diagnostic.Location.SourceSpan)))
            {
                yield return diagnostic;
            }
        }

        foreach (var detached in _detached.Judge(result, cancellationToken))
        {
            if (seen.Add((unit.Syntax, detached.Id + detached.Location.SourceSpan)))
            {
                yield return detached;
            }
        }

        if (unit.Member.IsStatic || unit.Member.ContainingType is not { } type)
        {
            yield break;
        }

        foreach (var departure in result.Facts.Departures)
        {
            if (departure.Destination == Destination.OwnField && (_handles.Judge(departure, type, result, cancellationToken) ?? _objects.Judge(departure, type, result, cancellationToken)) is { } forgotten && seen.Add((departure.Block.Site!.Syntax, "object")))
            {
                yield return forgotten;
            }

            if (departure.Destination == Destination.OwnField && departure.Place is { } place && Field(place, type) is { } field &&
                _fills.IsOwned(departure.Block, place, type, result, cancellationToken) && JudgeFill(departure.Block, place, field, cancellationToken) is { } diagnostic && seen.Add((departure.Block.Site!.Syntax, field.Name)))
            {
                yield return diagnostic;
            }

            if (departure is { Destination: Destination.OwnField, AtExit: true } && !FilledFields.IsFilledByOwnCall(departure.Block) && _inherited.JudgeFill(departure, type, cancellationToken) is { } unreleased && seen.Add((departure.Block.Site!.Syntax, "inherited")))
            {
                yield return unreleased;
            }
        }

        foreach (var forgotten in _collections.Judge(result, type, cancellationToken).Concat(_collections.JudgeLosses(result, type, cancellationToken)))
        {
            if (seen.Add((forgotten.Location.SourceTree!.GetRoot(cancellationToken).FindNode(forgotten.Location.SourceSpan), "collection")))
            {
                yield return forgotten;
            }
        }

        foreach (var lost in _forgotten.Judge(result, type, cancellationToken).Concat(_moved.Judge(result, type, cancellationToken)).Concat(_nodes.Judge(result, type, cancellationToken)))
        {
            if (seen.Add((unit.Syntax, lost.Id + lost.Location.SourceSpan)))
            {
                yield return lost;
            }
        }

        foreach (var wrong in _collections.JudgeFamilies(result, type, cancellationToken))
        {
            yield return wrong;
        }

        foreach (var dropped in _dropped.Judge(result, type, cancellationToken))
        {
            yield return dropped;
        }

        foreach (var again in _leftElements.Judge(result, type, cancellationToken))
        {
            yield return again;
        }

        foreach (var diagnostic in _handles.JudgeRelease(result, type, cancellationToken))
        {
            yield return diagnostic;
        }

        if (unit.Method is not { MethodKind: not (MethodKind.Constructor or MethodKind.LocalFunction or MethodKind.LambdaMethod) } method)
        {
            yield break;
        }

        if (SkippedBases.Judge(result, _ownership, cancellationToken) is { } skipped)
        {
            yield return skipped;
        }

        foreach (var outcome in result.Summary.Outcomes)
        {
            foreach (var diagnostic in JudgeReleases(outcome, method, type, result, cancellationToken))
            {
                if (seen.Add((unit.Syntax, diagnostic.Id + diagnostic.Location.SourceSpan)))
                {
                    yield return diagnostic;
                }
            }

            foreach (var diagnostic in _overwritten.JudgeOverwrites(outcome, method, type, result, cancellationToken))
            {
                if (seen.Add((unit.Syntax, diagnostic.Id)))
                {
                    yield return diagnostic;
                }
            }
        }
    }

    /// <summary>A method that is judged for itself has filled the field: whoever calls it is not told once more.</summary>
    internal static bool IsToldOfCallee(Block block) =>
        block.Site is IInvocationOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }, TargetMethod: { ReturnsVoid: true, IsVirtual: false, IsOverride: false, IsAbstract: false } called } && !SetUps.IsSetUp(called);

    /// <summary>A block is put into a field that nobody releases.</summary>
    private Diagnostic? JudgeFill(Block block, Place place, IFieldSymbol field, CancellationToken cancellationToken)
    {
        var type = field.ContainingType;
        var family = block.Family!;
        var use = _ownership.Of(field, cancellationToken);
        if (_ownership.IsWithinAnother(use, cancellationToken))
        {
            return null;
        }

        if (family is { Lifetime: Lifetime.Process, MayStayUnreleased: false, IsNeverReleased: false } && block.OwnerType is null && IsOnlyReachedHere(field, type) && use.ReleasedBy.Any(IsDisposal) && !use.IsHandedOn && UnfinishedObjects.Judge(block, place, type, _ownership, cancellationToken) is var (disposal, condition))
        {
            return Report(Descriptors.FieldNotReleased, block.Site!.Syntax, block, field, FixData.ReasonUnfinished, null, type.Name, NameOf(field), block.AllocatedBy, $"'{disposal}' does not release it {condition}");
        }

        if ((Calls.IsViewType(field.Type) && field.Type is not IPointerTypeSymbol) || (IsReleased(place, type, use) && !RenewedFields.IsOnlyRenewed(place, type, use, _ownership, cancellationToken)) || use.IsHandedOn || (use.IsCleared && DisposalOf(type) is not null && !IsClearedUnseen(use)) || family.MayStayUnreleased || family.IsNeverReleased || !IsOnlyReachedHere(field, type) || _ownership.Instances.AreAllOf(type, cancellationToken) || IsOfMiddleware(block, type) || IsOfSingleton(block, type, cancellationToken) || BaseProtocols.TakeBack(block.Site!.Syntax, field))
        {
            return null;
        }

        var disposes = DisposalOf(type);
        if (family.Lifetime == Lifetime.Request || (family.Lifetime == Lifetime.Pool && disposes is null) || (type.IsValueType && disposes is null))
        {
            return null;
        }

        var missing = disposes is null ? "has no Dispose that releases it" : $"'{disposes}' does not release it";
        if (use is { IsCleared: true, ClearedIn: { } cleared } && disposes is not null)
        {
            return family is { Lifetime: Lifetime.Pool, ReleasedByDispose: false } ? null
                : Report(Descriptors.FieldNotReleased, block.Site!.Syntax, block, field, FixData.ReasonOverwritten, cleared.Syntax, type.Name, NameOf(field), block.AllocatedBy, $"'{disposes}' gives the field another value without releasing the block that it holds");
        }

        return Report(Descriptors.FieldNotReleased, block.Site!.Syntax, block, field, disposes is null ? "noDispose" : "forgotten", null,
            type.Name, place.Parent is { Kind: PlaceKind.Member } ? place.DisplayName : NameOf(field), block.AllocatedBy, missing);
    }

    /// <summary>Middleware is made once, when the pipeline is built, and never disposed of: what it takes then it has for the life of the process.</summary>
    private static bool IsOfMiddleware(Block block, INamedTypeSymbol type) =>
        block.Site!.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is FieldDeclarationSyntax or PropertyDeclarationSyntax or ConstructorDeclarationSyntax && Contexts.MiddlewareConvention.IsMiddleware(type);

    /// <summary>A service of which there is one, and which nobody can dispose of: what it takes when it is made, or when its host starts it, it has for the life of the process.</summary>
    private bool IsOfSingleton(Block block, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!IsTakenOnce(block.Site!.Syntax) || !_lifetimes.IsSingleton(type, cancellationToken))
        {
            return false;
        }

        for (INamedTypeSymbol? declared = type; declared is { DeclaringSyntaxReferences.IsEmpty: false }; declared = declared.BaseType)
        {
            if (declared.GetMembers().Any(member => member is IMethodSymbol { IsStatic: false } method && IsDisposal(method)))
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
    private bool IsClearedUnseen(FieldUse use) => use.ClearedIn is { } body && !_isCandidate(body);

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
        return !use.ReleasedBy.All(member => member.MethodKind == MethodKind.Destructor) || !type.GetMembers("Dispose").Any(member => member is IMethodSymbol { Parameters.IsEmpty: true } dispose && Mentions(dispose, "SuppressFinalize"));
    }

    private IEnumerable<Diagnostic> JudgeReleases(Outcome outcome, IMethodSymbol method, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken)
    {
        foreach (var effect in outcome.Effects)
        {
            if (effect is not { Ownership: Ownership.Released, Family: not { IsCounted: true } } || effect.At is not { } at || effect.Input.Place is not { } place ||
                !result.Unit.Syntax.Span.Contains(at.Syntax.Span) || at.Syntax.SyntaxTree != result.Unit.Syntax.SyntaxTree)
            {
                continue;
            }

            if (Field(place, type) is not { } field)
            {
                if (_inherited.JudgeRelease(effect, type, cancellationToken) is { } wrong)
                {
                    yield return wrong;
                }

                continue;
            }

            var use = _ownership.Of(field, cancellationToken);
            if (use is { Foreign: { } foreign, IsFilledOtherwise: false, Fills.IsEmpty: true } && field.DeclaredAccessibility == Accessibility.Private)
            {
                yield return Report(Descriptors.NotAllocated, at.Syntax, null, field, "foreign", null, $"'{NameOf(field)}'", effect.Family?.ReleaseText ?? "the release", foreign);
            }
            else if (effect.Family is { } released && use.Fills.Length > 0 && use.Fills.All(released.IsNotFor))
            {
                yield return Report(Descriptors.WrongFamily, at.Syntax, use.Fills[0], field,
                    $"'{NameOf(field)}'", released.ReleaseText, use.Fills[0].Name, use.Fills[0].ReleaseText);
            }
            else if (effect.Family is { PerInstance: true } pooled && Pools.KeyOf(effect.Pool) is { } pool && !use.IsFilledFromOutside && use.Fills.Length == 1 && use.Fills[0].Name == pooled.Name && use.Pools.All(rented => Pools.AreApart(rented, pool)))
            {
                yield return Report(Descriptors.WrongFamily, at.Syntax, use.Fills[0], field, $"'{NameOf(field)}'", pooled.ReleaseText, use.Fills[0].Name, "the pool that it was rented from");
            }
            else if (use.FillsInside && place.Parent is { Kind: PlaceKind.Object or PlaceKind.This })
            {
                yield return Report(Descriptors.NotAllocated, at.Syntax, null, field, "interior", null,
                    $"'{NameOf(field)}'", effect.Family?.ReleaseText ?? "the release", "moved into its block by another member, and is not its start any more");
            }
            else if (IsReleasedByFinalizer(outcome, method, place, use, type))
            {
                yield return Report(Descriptors.DoubleFree, at.Syntax, null, field, null, null,
                    MisuseRules.DoubleFree($"'{NameOf(field)}'", "the finalizer", $"'{method.Name}', which neither clears the field nor keeps the finalizer away,"));
            }
            else if (!EndsObject(at) && IsReleasedAgain(outcome, method, place, field, use) is { } again)
            {
                yield return Report(Descriptors.DoubleFree, at.Syntax, null, field, null, null,
                    MisuseRules.DoubleFree($"'{NameOf(field)}'", again.Name, $"'{method.Name}', which does not clear the field,"));
            }
        }
    }

    /// <summary>What a member allocates, releases and leaves in a field, and what disposes of the object releases again.</summary>
    private IEnumerable<Diagnostic> JudgeLeftovers(BodyResult result, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { MethodKind: MethodKind.Constructor or MethodKind.Ordinary } method || IsDisposal(method))
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
                    yield return Report(Descriptors.DoubleFree, at.Syntax, null, field, null, null, MisuseRules.DoubleFree($"'{NameOf(field)}'", again.Name, $"{releaser}, which does not clear the field,"));
                }
            }
        }
    }

    /// <summary>The field in which a released block is left, and what disposes of the object and releases it again: of the own object, or of one that somebody else has.</summary>
    private (IFieldSymbol Field, IMethodSymbol Again)? ReleasedAgain(Place left, Outcome outcome, IMethodSymbol method, CancellationToken cancellationToken)
    {
        var own = method.IsStatic ? null : Field(left, method.ContainingType);
        var field = own ?? (left is { Parent: { Kind: PlaceKind.Object, Root: Sym { IsInput: true } } } ? left.Field : null);
        if (field is null)
        {
            return null;
        }

        var use = _ownership.Of(field, cancellationToken);
        if (use.Fills.Any(fill => fill.ReleasedThroughItself || fill.IsCounted || (own is not null && fill.Lifetime != Lifetime.Process)))
        {
            return null;
        }

        var again = use.ReleasedBy.FirstOrDefault(other => IsDisposal(other) && !SymbolEqualityComparer.Default.Equals(other, method));
        var flags = outcome.Writes.Select(static other => other.Key.Root as IFieldSymbol).Where(IsFlag).Select(static flag => flag!.Name).ToList();
        return again is null || (own is not null ? flags.Count > 0 : MayLookAt(again, flags) || AsksFirst(again, field)) ? null : (field, again);
    }

    /// <summary><c>Dispose</c> releases what it leaves in the field in any case, and the finalizer, which nobody keeps away, does the same.</summary>
    private static bool IsReleasedByFinalizer(Outcome outcome, IMethodSymbol method, Place place, FieldUse use, INamedTypeSymbol type) =>
        method is { Name: "Dispose" or "Close" or "Free", Parameters.IsEmpty: true, IsOverride: false, DeclaredAccessibility: not Accessibility.Private } && type.BaseType is { SpecialType: SpecialType.System_Object } && outcome.Guards.IsEmpty && outcome.Writes.IsEmpty &&
        place.Parent is { Kind: PlaceKind.Object or PlaceKind.This } && use.ReleasedBy.Any(static other => other.MethodKind == MethodKind.Destructor) &&
        !use.Fills.IsEmpty && use.Fills.All(static fill => fill is { ReleasedThroughItself: false, Lifetime: Lifetime.Process }) &&
        !type.GetMembers().Any(static member => member is IMethodSymbol any && Mentions(any, "SuppressFinalize"));

    /// <summary><c>Dispose();</c>: the member ends its object, and who does that once more calls the disposal twice.</summary>
    private static bool EndsObject(IOperation release) =>
        release is IInvocationOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }, TargetMethod: { DeclaredAccessibility: Accessibility.Public } called } && IsDisposal(called);

    /// <summary>A field that may say which release is due: a bool, a small number, or what kind of thing the object holds.</summary>
    private static bool IsFlag(IFieldSymbol? field) => field?.Type is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_Int32 };

    /// <summary>Another member that releases what this one has released and left in the field.</summary>
    private IMethodSymbol? IsReleasedAgain(Outcome outcome, IMethodSymbol method, Place place, IFieldSymbol field, FieldUse use)
    {
        // who ends an object in another way than by Dispose leaves it to be disposed of
        var isOtherEnd = IsDisposal(method) && method is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public } && MemberNames.OtherEnds.Contains(method.Name);
        if (method.DeclaredAccessibility == Accessibility.Private || (IsDisposal(method) && !isOtherEnd) || method.MethodKind == MethodKind.Destructor || method.IsOverride ||
            use.Fills.Length == 0 || use.Fills.Any(fill => fill.ReleasedThroughItself) || ((!field.IsReadOnly || field.ContainingType.IsValueType) && outcome.Writes.Any(write => write.Key == place || write.Key == place.Parent)))
        {
            return null;
        }

        // a flag that the other looks at may keep it from releasing again
        var flags = outcome.Writes.Select(static write => write.Key.Root as IFieldSymbol).Where(IsFlag).Select(flag => flag!.Name).ToList();

        // a lease that is given back early or disposed of, once: whoever does both is at fault
        var isLease = use.Fills.Any(fill => fill.Lifetime == Lifetime.Pool);
        return use.ReleasedBy.FirstOrDefault(other => IsDisposal(other) && !SymbolEqualityComparer.Default.Equals(other, method) && !(isOtherEnd && (other is not { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true } || Mentions(other, method.Name) || Mentions(method, other.Name))) && !(isLease && Mentions(other, method.Name)) && !MayLookAt(other, flags));
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

    private static bool Mentions(ISymbol member, string name) =>
        member.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantTokens().Any(token => token.ValueText == name));

    /// <summary>How often the code of <paramref name="method"/> says a name.</summary>
    internal static int CountOf(IMethodSymbol method, string name) =>
        method.DeclaringSyntaxReferences.Sum(reference => reference.GetSyntax().DescendantTokens().Count(token => token.ValueText == name));

    /// <summary>
    /// Another field of the object, or the length of what the field holds, says whether there is anything to release: the
    /// member asks it and releases on the other way (<c>if (_capacity > 0) Free(_p); _p = Allocate(n);</c>), or finds it to
    /// be nothing and sets it together with the field (<c>if (_tail == null) _head = node; _tail = node;</c>).
    /// </summary>
    internal static bool IsCounted(Outcome outcome, Place place, INamedTypeSymbol type, BodyResult result) =>
        (outcome.Guards.Any(guard => AsksAnother(guard.Key, place, type)) && result.Summary.Outcomes.Any(other => other.Effects.Any(effect => effect is { Ownership: Ownership.Released or Ownership.Transferred, IsOnlyMislaid: false } && effect.Input.Place == place))) ||
        outcome.Guards.Any(guard => guard.Key is Sym { Place: { } flag } && flag != place && Field(flag, type) is not null && (guard.Value.IsEqual(null) == true || guard.Value.Maximum <= 0) &&
            outcome.Writes.Any(write => write.Key == flag && write.Value is not Const { IsNullOrZero: true }));

    /// <summary>Whether a condition is about another field of the receiver, or about what the object in the place says of itself.</summary>
    private static bool AsksAnother(Value condition, Place place, INamedTypeSymbol type) => condition switch
    {
        Expression expression => AsksAnother(expression.Left, place, type) || AsksAnother(expression.Right, place, type),
        Sym { Place: { } asked } => asked != place && (Field(asked, type) is not null || asked.Base is { Kind: PlaceKind.Object, Root: Sym { Place: { } outer } } && outer == place),
        Sym { Kind: SymKind.Read, Origin: ReadOrigin read } => read.Of is Sym { Place: { } of } && of == place,
        _ => false,
    };

    internal static bool IsDisposal(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Destructor ||
        method.Name.Substring(method.Name.LastIndexOf('.') + 1) is "Dispose" or "DisposeAsync" or "DisposeCore" or "DisposeAsyncCore" or "Close" or "Free" or "ReleaseHandle" or "Destroy";

    /// <summary>What the type calls its release: a finalizer counts; null when it has none.</summary>
    internal static string? DisposalOf(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { IsStatic: false } method && IsDisposal(method))
            {
                return method.MethodKind == MethodKind.Destructor ? "the finalizer" : method.Name;
            }
        }

        return type.AllInterfaces.Any(declared => declared.SpecialType == SpecialType.System_IDisposable) ? "Dispose" : null;
    }

    /// <summary>What the code calls the field: of an automatic property, the property.</summary>
    internal static string NameOf(IFieldSymbol field) => (field.AssociatedSymbol ?? field).Name;

    /// <summary>Only the type itself can release what it keeps in a private field: it is no reference to what somebody else has, and no class that is nested in the type says its name.</summary>
    internal static bool IsOnlyReachedHere(IFieldSymbol field, INamedTypeSymbol type)
    {
        if (field is not { DeclaredAccessibility: Accessibility.Private, RefKind: RefKind.None })
        {
            return false;
        }

        foreach (var nested in type.GetTypeMembers())
        {
            if (nested is { IsImplicitlyDeclared: false, TypeKind: TypeKind.Class } && Mentions(nested, NameOf(field)))
            {
                return false;
            }
        }

        return true;
    }

    internal static IFieldSymbol? Field(Place place, INamedTypeSymbol type) => FieldOwnership.FieldOfThis(place, type) as IFieldSymbol;

    internal static Diagnostic Report(DiagnosticDescriptor descriptor, SyntaxNode at, Family family, IFieldSymbol field, params object[] arguments)
    {
        var evidence = Evidence.ForField(null, field, null, null, family);
        return Diagnostic.Create(descriptor, at.GetLocation(), evidence.Locations, evidence.Properties, arguments);
    }

    internal static Diagnostic Report(DiagnosticDescriptor descriptor, SyntaxNode at, Block? block, IFieldSymbol field, string? reason, SyntaxNode? overwrite, params object[] arguments)
    {
        var evidence = Evidence.ForField(block, field, reason, overwrite);
        return Diagnostic.Create(descriptor, at.GetLocation(), SeverityOf(block, descriptor), evidence.Locations, evidence.Properties, arguments);
    }

    /// <summary>The loss of an object that has only rented something is information.</summary>
    internal static DiagnosticSeverity SeverityOf(Block? block, DiagnosticDescriptor descriptor) => IsOnlyOfPool(block) ? DiagnosticSeverity.Info : descriptor.DefaultSeverity;

    /// <summary>The block is an object that has rented something: when it is lost the pool is poorer, and that is all.</summary>
    internal static bool IsOnlyOfPool(Block? block) => block is { OwnerType: not null, Family.Lifetime: Lifetime.Pool };
}
