using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Rules.Blocks;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules.Fields;

/// <summary>
/// A type keeps blocks in a collection or array of its own (LIFE013): nobody ever goes through it to release them, or a
/// member takes entries out, or puts others in their place, and forgets what they held.
/// </summary>
internal sealed class OwnedCollections(FieldOwnership ownership, OwnedObjects objects)
{
    /// <summary>First words of members that end the type's duty and leave it to their caller, who knows the block.</summary>
    private static readonly string[] HandingNames = { "Detach", "Forget", "Untrack", "Release", "Transfer", "Give", "Take", "Extract", "Export", "Orphan", "Steal", "Abandon", "Leak" };

    /// <summary>First words of members that are called once for each key.</summary>
    private static readonly string[] AddingNames = { "Add", "Insert", "Append", "Push", "New", "Make", "Track", "Intern", "Import", "Define", "Reserve" };

    /// <summary>The disposal of the object is one of the members, or calls one.</summary>
    public static bool IsDoneByDisposal(ImmutableArray<IMethodSymbol> members, INamedTypeSymbol type, FieldOwnership ownership, CancellationToken cancellationToken) =>
        members.Any(OwnerMembers.IsDisposal) || type.GetMembers().Any(member => member is IMethodSymbol { IsStatic: false } disposal && OwnerMembers.IsDisposal(disposal) && ownership.Calls(disposal, members, cancellationToken));

    /// <summary>The collections that the body puts its blocks into, and that nobody goes through.</summary>
    public IEnumerable<Diagnostic> Judge(BodyResult result, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        foreach (var fill in result.Facts.TableUses.Where(use => use.Use == TableUse.Filled).GroupBy(use => use.Field))
        {
            // one field, one report, wherever its blocks come from
            var (field, block) = (fill.Key.Field!.OriginalDefinition, fill.OrderBy(use => use.Block!.Site!.Syntax.SpanStart).First().Block!);
            if (!IsJudgedHere(block, field, type, result, cancellationToken))
            {
                continue;
            }

            var use = ownership.Of(field, cancellationToken);
            if (!IsGoneThrough(use, field) && !IsDoneByDisposal(use.LentBy, type, ownership, cancellationToken) && !LiesInAnother(block, field, type, result, cancellationToken) && NeverReleased(block, use, type) is { } never)
            {
                // who completes the disposal has to do something about these as well
                var losses = ownership.ResultsOf(field, cancellationToken).SelectMany(other => Losses(other, block, field, use, cancellationToken));
                yield return Report(block.Site!.Syntax, block, field, use, losses.Select(static loss => loss.At), type, never);
            }
        }
    }

    /// <summary>What the body takes out of collections that are otherwise gone through, or puts other blocks in the place of; whoever has filled them.</summary>
    public IEnumerable<Diagnostic> JudgeLosses(BodyResult result, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        foreach (var table in result.Facts.TableUses.GroupBy(static use => use.Field))
        {
            if (!table.Any(static use => use.Use is TableUse.Dropped or TableUse.Taken or TableUse.Replaced) || FieldOwnership.FieldOfThis(table.Key, type) is not IFieldSymbol { IsStatic: false, OriginalDefinition: var field } || !OwnerMembers.IsOnlyReachedHere(field, type))
            {
                continue;
            }

            var use = ownership.Of(field, cancellationToken);
            if (IsGoneThrough(use, field) && FillOf(field, type, result, cancellationToken) is { } block && Losses(result, block, field, use, cancellationToken).ToList() is { Count: > 0 } losses)
            {
                yield return Report(losses[0].At, block, field, use, losses.Select(static loss => loss.At), type, losses[0].Said);
            }
        }
    }

    /// <summary>What is said of a collection in a field.</summary>
    public static Diagnostic Report(SyntaxNode at, Block block, IFieldSymbol field, FieldUse use, IEnumerable<SyntaxNode> losses, INamedTypeSymbol type, string wrong)
    {
        var evidence = Evidence.ForCollection(block, field, losses);
        var properties = use.ElementReleases.Any(static release => OwnerMembers.IsDisposal(release.Member)) ? evidence.Properties.SetItem(FixData.DisposalIsRightKey, "true") : evidence.Properties;
        return Diagnostic.Create(Descriptors.FieldNotReleased, at.GetLocation(), FieldReports.SeverityOf(block, Descriptors.FieldNotReleased), evidence.Locations, block.OwnerType is INamedTypeSymbol owner ? OwnedObjects.WithRelease(properties, owner) : properties, type.Name, OwnerMembers.NameOf(field), block.AllocatedBy, wrong);
    }

    /// <summary>Some member releases what is in the collection; who frees a native array has freed none of its elements.</summary>
    private static bool IsGoneThrough(FieldUse use, IFieldSymbol field) =>
        use.IsTableLeft || use.IsReleasedWithin || (!use.ReleasedBy.IsEmpty && field.Type is not IPointerTypeSymbol);

    /// <summary>The body releases what is in a collection by another function than the one that is for all that the type puts into it (LIFE008).</summary>
    public IEnumerable<Diagnostic> JudgeFamilies(BodyResult result, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        foreach (var release in result.Facts.TableUses)
        {
            if (release is { Use: TableUse.Released, Family: { IsInferred: false } released, Element.DeclaringSyntaxReferences.IsEmpty: true, At: { } at } && FieldOwnership.FieldOfThis(release.Field, type) is IFieldSymbol { IsStatic: false, Type: INamedTypeSymbol } field &&
                OwnerMembers.IsOnlyReachedHere(field, type) && CollectionMentions.AreUnderstood(field, cancellationToken) && FillsOf(field, type, cancellationToken) is { Count: > 0 } fills && fills.TrueForAll(fill => !fill.IsInferred && released.IsNotFor(fill)))
            {
                yield return FieldReports.Report(Descriptors.WrongFamily, at.Syntax, fills[0], field, $"'{OwnerMembers.NameOf(field)}'", released.ReleaseText, fills[0].Name, fills[0].ReleaseText);
            }
        }
    }

    /// <summary>The families of the blocks that the type puts into the collection; none when it puts in anything else.</summary>
    private List<Family> FillsOf(IFieldSymbol field, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var uses = ownership.ResultsOf(field, cancellationToken).SelectMany(static other => other.Facts.TableUses).Where(use => SymbolEqualityComparer.Default.Equals(FieldOwnership.FieldOfThis(use.Field, type) as IFieldSymbol, field)).ToList();
        return uses.Exists(static use => use is { Use: TableUse.FilledOtherwise } or { Use: TableUse.Filled, Block: not { OwnerType: null, Family: not null } })
            ? new List<Family>()
            : uses.Where(static use => use.Use == TableUse.Filled).Select(static use => use.Block!.Family!).Distinct().ToList();
    }

    /// <summary>Whether members of the type put blocks of their own into the collection, so that who loses them is told of these.</summary>
    public bool AreOwnBlocks(IFieldSymbol field, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        ownership.ResultsOf(field, cancellationToken).Any(result => FillIn(result, field.OriginalDefinition, type, cancellationToken) is not null);

    /// <summary>The first block that the body, or else another member, puts into the collection, when it is one to be judged.</summary>
    public Block? FillOf(IFieldSymbol field, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken) =>
        FillIn(result, field, type, cancellationToken) ?? ownership.ResultsOf(field, cancellationToken).Select(other => FillIn(other, field, type, cancellationToken)).FirstOrDefault(static block => block is not null);

    private Block? FillIn(BodyResult result, IFieldSymbol field, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        result.Facts.TableUses.Where(fill => fill is { Use: TableUse.Filled, Block: not null } && SymbolEqualityComparer.Default.Equals(fill.Field.Field?.OriginalDefinition, field)).OrderBy(static fill => fill.Block!.Site!.Syntax.SpanStart).FirstOrDefault().Block is { } block &&
        IsJudgedHere(block, field, type, result, cancellationToken) ? block : null;

    private bool IsJudgedHere(Block block, IFieldSymbol field, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken)
    {
        if (!SymbolEqualityComparer.Default.Equals(field.ContainingType, type.OriginalDefinition) || !IsJudged(block, field, type) || (block.OwnerType is null ? GoesElsewhere(block, result, ownership.Of(field, cancellationToken)) : !IsJudgedObject(block, cancellationToken) || ObjectGoesElsewhere(block, result)) || ownership.Instances.AreAllOf(type, cancellationToken))
        {
            return false;
        }

        return ownership.Of(field, cancellationToken) is { IsUnclear: false, ReleasesParameters: false } && CollectionMentions.AreUnderstood(field, cancellationToken);
    }

    private static bool IsJudged(Block block, IFieldSymbol field, INamedTypeSymbol type) =>
        block.Family is { Lifetime: not Lifetime.Request, MayStayUnreleased: false, IsNeverReleased: false } && !field.IsStatic && OwnerMembers.IsOnlyReachedHere(field, type);

    /// <summary>An object that nothing but its Dispose releases.</summary>
    private bool IsJudgedObject(Block block, CancellationToken cancellationToken) =>
        block is { OwnerType: INamedTypeSymbol owner, Family.Lifetime: not Lifetime.Request } && objects.CanOnlyBeDisposedOf(owner, cancellationToken);

    /// <summary>Others have the block as well: it is in the collection to be found, perhaps, and not to be released.</summary>
    private static bool GoesElsewhere(Block block, BodyResult result, FieldUse use) =>
        !IsOnlyLent(use) && GoesElsewhere(block, result);

    /// <summary>Nothing but the disposal of the object releases what is in the collection: who is given a block besides may only use it.</summary>
    private static bool IsOnlyLent(FieldUse use) => use.IsTableLeft && use.LeftBy.All(OwnerMembers.IsDisposal);

    private static bool GoesElsewhere(Block block, BodyResult result) =>
        result.Summary.Outcomes.Any(outcome => IsIt(outcome.Result, block) || outcome.Writes.Any(write => IsIt(write.Value, block) && !IsElement(write.Key))) ||
        result.Facts.Departures.Any(departure => LeakRules.IsSameSite(departure.Block, block) && departure.Destination is not (Destination.Call or Destination.Elsewhere) && !IsElement(departure.Place)) ||
        result.Facts.Releases.Keys.Any(released => LeakRules.IsSameSite(released, block) && result.Facts.TableUses.Any(use => use.Use == TableUse.Filled && use.At is null));

    /// <summary>The same of the object that came with the block.</summary>
    private static bool ObjectGoesElsewhere(Block block, BodyResult result)
    {
        var made = new HashSet<object>(result.Summary.Outcomes.SelectMany(outcome => outcome.Writes).Where(write => IsIt(write.Value, block) && write.Key.Base.Kind == PlaceKind.Object).Select(static write => write.Key.Base.Root));
        return result.Summary.Outcomes.Any(outcome => made.Contains(outcome.Result) || outcome.Writes.Any(write => made.Contains(write.Value) && !IsElement(write.Key)));
    }

    /// <summary>The body puts the object into another collection of the type as well, which is gone through.</summary>
    private bool LiesInAnother(Block block, IFieldSymbol field, INamedTypeSymbol type, BodyResult result, CancellationToken cancellationToken) =>
        result.Facts.TableUses.Any(use => use is { Use: TableUse.Filled, Block: { } other } && LeakRules.IsSameSite(other, block) && FieldOwnership.FieldOfThis(use.Field, type) is IFieldSymbol beside && !SymbolEqualityComparer.Default.Equals(beside.OriginalDefinition, field) && IsGoneThrough(ownership.Of(beside, cancellationToken), beside));

    /// <summary>A place in an array or collection, and no field.</summary>
    private static bool IsElement(Place? place) => place is { Kind: PlaceKind.Member, Field: null, Base.Kind: PlaceKind.Content } or { Kind: PlaceKind.Member, Field: null, Parent: { Kind: PlaceKind.Object, Root: Sym { Type: IArrayTypeSymbol or INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: true } } } };

    private static bool IsIt(Value value, Block block) => value is Pointer { IsView: false } pointer && pointer.Block == block;

    private static string? NeverReleased(Block block, FieldUse use, INamedTypeSymbol type)
    {
        var disposal = OwnerMembers.DisposalOf(type);
        return disposal is null && (block.Family!.Lifetime == Lifetime.Pool || type.IsValueType || !use.LentBy.IsEmpty) ? null
            : disposal is null ? "has no Dispose that releases what is in it"
            : $"'{disposal}' does not release what is in it";
    }

    /// <summary>Where the body takes out an entry without releasing it, or puts a new block of its own in the place of one.</summary>
    private IEnumerable<(SyntaxNode At, string Said)> Losses(BodyResult result, Block block, IFieldSymbol field, FieldUse use, CancellationToken cancellationToken)
    {
        if (result.Unit.Method is not { } member)
        {
            yield break;
        }

        var fills = result.Facts.TableUses.Where(fill => fill is { Use: TableUse.Filled, At: not null } && SymbolEqualityComparer.Default.Equals(fill.Field.Field?.OriginalDefinition, field));
        if (!SetUps.IsSetUp(member) && !use.LeftBy.Contains(member, SymbolEqualityComparer.Default)
            && fills.Select(fill => BlindReplacement(fill.At!, result, isKeyed: !Adds(member), isRing: use is { Drops.IsEmpty: true, LentBy.IsEmpty: true } && IsOnlyLent(use))).FirstOrDefault(static replaced => replaced is not null) is { } replacement
            && !ownership.Calls(result.Unit, use.AskedBy, cancellationToken))
        {
            yield return (replacement.Syntax, $"'{member.Name}' puts another one in the place of one that is there, without releasing it");
        }

        // a rented array that is dropped at the very end is no loss; who calls a member that goes through the collection has let go of what is in it
        if (!(OwnerMembers.IsDisposal(member) ? block.Family is { Lifetime: Lifetime.Pool, ReleasedByDispose: false } : SetUps.IsSetUp(member) || EndsTheDuty(member)) && use.Drops.Any(drop => SymbolEqualityComparer.Default.Equals(drop.Member, member)) && !ownership.Calls(result.Unit, use.LeftBy, cancellationToken))
        {
            foreach (var (dropping, at) in use.Drops)
            {
                if (at is not null && SymbolEqualityComparer.Default.Equals(dropping, member) && !CarriedElements.GoOn(at, field))
                {
                    yield return (at, $"'{member.Name}' takes out what is in it without releasing it");
                }
            }
        }
    }

    /// <summary><c>blocks[key] = block</c> with a key that the caller gives, by a member that does not look whether there is one already.</summary>
    private static IOperation? BlindReplacement(IOperation at, BodyResult result, bool isKeyed, bool isRing) =>
        BlindReplacement(result.Facts.TableUses.FirstOrDefault(use => use.Use == TableUse.Replaced && use.At is { } target && at.Syntax.Span.Contains(target.Syntax.Span)), result, isKeyed, isRing);

    /// <summary>The same, when it is one.</summary>
    /// <param name="replaced">What is replaced.</param>
    /// <param name="result">The body.</param>
    /// <param name="isKeyed">The member may be called again with the key that it is handed.</param>
    /// <param name="isRing">Nobody takes anything out of it: what comes round again meets what was put there before.</param>
    public static IOperation? BlindReplacement(FieldTableUse replaced, BodyResult result, bool isKeyed = true, bool isRing = false)
    {
        if (replaced.At is null)
        {
            return null;
        }

        var isKnown = KnownKeys.IsThere(replaced.At.Syntax, OwnerMembers.NameOf(replaced.Field.Field!));
        if (result.Facts.TableUses.Any(use => use.Field == replaced.Field && (use.Use is TableUse.Taken or TableUse.Dropped or TableUse.Left || (use.Use == TableUse.Asked && !isKnown))))
        {
            return null;
        }

        var key = replaced.At switch
        {
            IPropertyReferenceOperation { Arguments: { Length: 1 } arguments } => arguments[0].Value,
            IArrayElementReferenceOperation { Indices: { Length: 1 } indices } => indices[0],
            _ => null,
        };
        return (isKeyed && IsOfCaller(key, result)) || (isRing && ComesRound(key, result)) ? replaced.At : null;
    }

    /// <summary>An index in a field that begins anew at the end, in a member that asks nothing: <c>_next = (_next + 1) % _slots.Length;</c>, <c>_slots[_next++ &amp; 15]</c>.</summary>
    private static bool ComesRound(IOperation? key, BodyResult result)
    {
        if (result.Unit.Syntax.DescendantNodes().Any(static node => node is IfStatementSyntax or SwitchStatementSyntax or ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or WhileStatementSyntax))
        {
            return false;
        }

        if (BodyAnalysis.StripConversions(key) is IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder or BinaryOperatorKind.And, LeftOperand: var counted })
        {
            return BodyAnalysis.StripConversions(counted) is IIncrementOrDecrementOperation { Target: IFieldReferenceOperation { Instance: IInstanceReferenceOperation } };
        }

        return key is IFieldReferenceOperation { Instance: IInstanceReferenceOperation, Field: { Type.SpecialType: SpecialType.System_Int32, Name: var index } } &&
            result.Unit.Syntax.DescendantNodes().Any(node => node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var stepped } } assignment && stepped == index && IsCutOff(assignment));

        static bool IsCutOff(AssignmentExpressionSyntax step) =>
            step.RawKind is (int)SyntaxKind.ModuloAssignmentExpression or (int)SyntaxKind.AndAssignmentExpression || step.Right is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.ModuloExpression or (int)SyntaxKind.BitwiseAndExpression };
    }

    /// <summary>The caller's own key, alone or as one of several in a tuple.</summary>
    private static bool IsOfCaller(IOperation? key, BodyResult result) => key switch
    {
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => !IsWritten(parameter, result),
        ITupleOperation tuple => tuple.Elements.All(element => IsOfCaller(element, result)),
        IConversionOperation conversion => IsOfCaller(conversion.Operand, result),
        _ => false,
    };

    private static bool IsWritten(IParameterSymbol parameter, BodyResult result) =>
        result.Unit.Syntax.DescendantNodes().Any(node => node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } && name.Identifier.ValueText == parameter.Name);

    /// <summary>Whether the member, by its name, is called once for each key.</summary>
    public static bool Adds(IMethodSymbol method) => IsNamed(method, AddingNames);

    /// <summary>Whether the member, by its name, leaves what it lets go of to its caller.</summary>
    public static bool EndsTheDuty(IMethodSymbol method) => IsNamed(method, HandingNames);

    private static bool IsNamed(IMethodSymbol method, string[] words) =>
        words.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal) && (method.Name.Length == word.Length || !char.IsLower(method.Name[word.Length])));
}
