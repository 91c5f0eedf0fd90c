using System.Collections.Immutable;
using LifetimeAnalyzers.Flow.Elements;
using LifetimeAnalyzers.Flow.Lifetimes;
using LifetimeAnalyzers.Flow.State;
using LifetimeAnalyzers.Summaries;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Flow;

/// <summary>Collects what the engine sees, each thing once, in the order in which it is first seen. Not thread-safe.</summary>
internal sealed class FindingLog
{
    private readonly Dictionary<(FindingKind, object?, object?), Finding> _findings = new();
    private readonly List<Finding> _ordered = new();
    private readonly Dictionary<(Block, Destination, object?, bool, bool), Departure> _departures = new();
    private readonly Dictionary<Block, List<IOperation>> _releases = new();
    private readonly Dictionary<Block, List<IOperation>> _reallocations = new();

    private readonly HashSet<IOperation> _misused = new();
    private readonly HashSet<Round> _rounds = new();
    private readonly HashSet<FieldTableUse> _tableUses = new();
    private readonly Dictionary<IFieldSymbol, FilledTable> _filled = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IFieldSymbol> _opened = new(SymbolEqualityComparer.Default);

    /// <summary>The findings so far.</summary>
    public IReadOnlyList<Finding> Findings => _ordered;

    /// <summary>What has become of blocks so far.</summary>
    public IEnumerable<Departure> Departures => _departures.Values;

    public void Add(Finding finding)
    {
        var at = (object?)finding.Exit ?? finding.At?.Syntax;
        var site = finding.Block?.Site is { } operation ? (object)(operation.Syntax, finding.Block.Index) : finding.Block;
        var key = (finding.Kind, site, at);
        if (!_findings.TryGetValue(key, out var known))
        {
            _findings.Add(key, finding);
            _ordered.Add(finding);
        }
        else if ((known.State?.IsAfterFailure == true && finding.State?.IsAfterFailure == false) || (known.InterruptedBy is not null && finding.InterruptedBy is null))
        {
            // that nothing else had to fail says more
            _findings[key] = finding;
            _ordered[_ordered.IndexOf(known)] = finding;
        }
    }

    public void Depart(Block block, Destination destination, Place? place, IOperation? at, bool isGone = false, bool atExit = false)
    {
        var key = (block, destination, (object?)place ?? at, isGone, atExit);
        if (!_departures.ContainsKey(key))
        {
            _departures.Add(key, new Departure(block, destination, place, at) { IsGone = isGone, AtExit = atExit });
        }
    }

    public void Release(Block block, IOperation at) => AddTo(_releases, block, at);

    public void Reallocate(Block block, IOperation at) => AddTo(_reallocations, block, at);

    public void EndRound(Round round) => _rounds.Add(round);

    /// <summary>Notes what happens to a collection in a field of the receiver.</summary>
    public void Use(FieldTableUse use)
    {
        if (!_tableUses.Add(use) || use.Field.Field is not { DeclaredAccessibility: Accessibility.Private } field)
        {
            return;
        }

        if (use is { Use: TableUse.Filled, Block: { Family: { Lifetime: Families.Lifetime.Process, MayStayUnreleased: false, IsNeverReleased: false, IsCounted: false } family } block } && (block.OwnerType is null ? HoldsAddresses(field.Type) : !Finalizers.Has(block.OwnerType)))
        {
            Fill(new FilledTable(field, family));
        }
        else if (use.Use is TableUse.Released or TableUse.Taken or TableUse.Left or TableUse.Dropped)
        {
            Open(field);
        }
    }

    /// <summary>The elements are addresses; blocks within objects are the affair of those, which may have a finalizer.</summary>
    public static bool HoldsAddresses(ITypeSymbol table) => table switch
    {
        IArrayTypeSymbol { ElementType: var element } => IsAddress(element),
        INamedTypeSymbol { TypeArguments: var elements } => elements.Any(IsAddress),
        _ => false,
    };

    private static bool IsAddress(ITypeSymbol type) => type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr };

    private void Fill(FilledTable fill)
    {
        if (!_filled.ContainsKey(fill.Field))
        {
            _filled.Add(fill.Field, fill);
        }
    }

    private void Open(IFieldSymbol field) => _opened.Add(field);

    /// <summary>Notes that a member of the same object has done so.</summary>
    public void Use(Summary callee)
    {
        foreach (var fill in callee.Filled)
        {
            Fill(fill);
        }

        foreach (var field in callee.Opened)
        {
            Open(field);
        }
    }

    /// <summary>The collections in fields of the receiver that blocks of the body, or of what it calls on the receiver, have gone into.</summary>
    public ImmutableArray<FilledTable> Filled => _filled.Values.OrderBy(static fill => fill.Field.Name, StringComparer.Ordinal).ToImmutableArray();

    /// <summary>Those that something may have been taken out of.</summary>
    public ImmutableArray<IFieldSymbol> Opened => _opened.OrderBy(static table => table.Name, StringComparer.Ordinal).ToImmutableArray();

    /// <summary>Whether such a round has been noted.</summary>
    public bool HasRound(Round round) => _rounds.Contains(round);

    /// <summary>The call throws only when the callee is called where it must not be.</summary>
    public void NoteMisuse(IOperation call) => _misused.Add(call);

    /// <summary>Whether that was said of the call.</summary>
    public bool IsMisuse(IOperation call) => _misused.Contains(call);

    /// <summary>Takes over what another pass over the same body found.</summary>
    public void AddAll(FindingLog other)
    {
        foreach (var finding in other._ordered)
        {
            Add(finding);
        }

        _misused.UnionWith(other._misused);
        _rounds.UnionWith(other._rounds);
        _tableUses.UnionWith(other._tableUses);
        _opened.UnionWith(other._opened);
        foreach (var fill in other._filled.Values)
        {
            Fill(fill);
        }

        foreach (var departure in other._departures.Values)
        {
            Depart(departure.Block, departure.Destination, departure.Place, departure.At, departure.IsGone, departure.AtExit);
        }
    }

    /// <summary>All that was collected.</summary>
    public BodyFacts ToFacts(Universe universe, string? budget) => new(
        _ordered.ToImmutableArray(),
        _departures.Values.OrderBy(departure => departure.Block.Id).ThenBy(departure => departure.Destination).ToImmutableArray(),
        _releases.ToImmutableDictionary(pair => pair.Key, pair => InSourceOrder(pair.Value)),
        _reallocations.ToImmutableDictionary(pair => pair.Key, pair => InSourceOrder(pair.Value)),
        universe.Blocks.ToImmutableArray(),
        _misused.ToImmutableHashSet(),
        budget)
    {
        Rounds = _rounds.ToImmutableArray(),
        TableUses = _tableUses.OrderBy(use => use.Field.Id).ThenBy(use => use.Use).ThenBy(use => use.At?.Syntax.SpanStart ?? -1).ThenBy(use => use.Block?.Id ?? -1).ToImmutableArray(),
    };

    private static void AddTo(Dictionary<Block, List<IOperation>> table, Block block, IOperation at)
    {
        if (!table.TryGetValue(block, out var list))
        {
            table.Add(block, list = new List<IOperation>());
        }

        if (!list.Contains(at))
        {
            list.Add(at);
        }
    }

    private static ImmutableArray<IOperation> InSourceOrder(List<IOperation> operations) =>
        operations.OrderBy(operation => operation.Syntax.SpanStart).ToImmutableArray();
}
