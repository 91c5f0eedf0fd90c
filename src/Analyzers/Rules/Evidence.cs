using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.State;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeAnalyzers.Rules;

/// <summary>What a diagnostic carries beside its message: the path as additional locations, and what its fix needs.</summary>
internal sealed class Evidence
{
    private readonly ImmutableArray<Location>.Builder _locations = ImmutableArray.CreateBuilder<Location>();
    private readonly List<string> _roles = new();

    private Evidence()
    {
    }

    public ImmutableArray<Location> Locations => _locations.ToImmutable();

    public ImmutableDictionary<string, string?> Properties { get; private set; } = ImmutableDictionary<string, string?>.Empty;

    public static Evidence For(Block? block, Finding finding, BodyResult result, string? reason)
    {
        var evidence = new Evidence();
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        evidence.AddBlock(block, result, properties);
        foreach (var departure in result.Facts.Departures.Where(departure => (departure.AtExit || departure.At is IInvocationOperation { Syntax.Parent: ExpressionStatementSyntax }) && block is not null && IsSame(departure.Block, block)))
        {
            evidence.Add(FixData.Taken, departure.At?.Syntax);
        }

        if (finding.Kind == FindingKind.UseAfterFree && !evidence._roles.Contains(FixData.Release))
        {
            // of what is not allocated here, the release that the message names
            evidence.Add(FixData.Release, finding.State?.ReleasedAt?.Syntax);
        }

        evidence.Add(FixData.LastUse, finding.State?.LastUse?.Syntax);
        evidence.Add(FixData.Throwing, finding.State?.ThrownBy?.Syntax);
        for (var step = finding.Path; step is not null && evidence._roles.Count < 12; step = step.Before)
        {
            if (step is { IsForegone: false, Condition: not Microsoft.CodeAnalysis.FlowAnalysis.IIsNullOperation { IsImplicit: true } })
            {
                evidence.Add(FixData.Branch, step.Condition.Syntax);
            }
        }

        if (finding is { Kind: FindingKind.LostInside, Name: { Length: > 0 } member, Function: { } outer } && block is not null && Wording.Block(block) == outer)
        {
            // one of several that a call gave
            properties[FixData.HeldKey] = outer + "->" + member;
        }

        if (finding.Kind == FindingKind.LostByOverwrite)
        {
            evidence.Add(FixData.Overwrite, finding.At?.Syntax);
        }
        else if (finding.Kind == FindingKind.LostInside)
        {
            evidence.Add(FixData.Holder, finding.At?.Syntax);
        }
        else if (finding.Kind is FindingKind.LostAtExit or FindingKind.LostByThrow)
        {
            evidence.Add(FixData.Exit, finding.Exit ?? finding.At?.Syntax);
        }

        properties[FixData.ReasonKey] = reason;
        properties[FixData.RolesKey] = string.Join(",", evidence._roles);
        evidence.Properties = properties.ToImmutable();
        return evidence;
    }

    /// <summary>The evidence for a block that is where it should not be, and the expression by which it gets there.</summary>
    public static Evidence ForEscape(Block? block, BodyResult result, SyntaxNode? escape)
    {
        var evidence = new Evidence();
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        evidence.AddBlock(block, result, properties);
        evidence.Add(FixData.Escape, escape);
        properties[FixData.RolesKey] = string.Join(",", evidence._roles);
        evidence.Properties = properties.ToImmutable();
        return evidence;
    }

    /// <summary>The evidence for a field that owns a block.</summary>
    public static Evidence ForField(Block? block, IFieldSymbol field, string? reason, SyntaxNode? overwrite, Family? filledBy = null) => ForFields(block, field, reason, [overwrite], filledBy);

    /// <summary>The evidence for a field that holds a collection of blocks, and the places where entries are lost.</summary>
    public static Evidence ForCollection(Block block, IFieldSymbol field, IEnumerable<SyntaxNode?> losses) => ForFields(block, field, FixData.ReasonCollection, losses, null);

    /// <summary>The evidence for a collection whose elements are lost, wherever they come from.</summary>
    public static Evidence ForElements(Family? family, IFieldSymbol field, IEnumerable<SyntaxNode> losses) => ForFields(null, field, FixData.ReasonCollection, losses, family);

    /// <summary>What a fix has to know of a block of which nothing but the family is known.</summary>
    public static ImmutableDictionary<string, string?> OfFamily(Family family) => ImmutableDictionary<string, string?>.Empty
        .SetItem(FixData.FamilyKey, family.Name).SetItem(FixData.LifetimeKey, LifetimeOf(family)).SetItem(FixData.ReleaseTemplateKey, family.ReleaseTemplate).SetItem(FixData.ReleaseTextKey, family.ReleaseText);

    private static Evidence ForFields(Block? block, IFieldSymbol field, string? reason, IEnumerable<SyntaxNode?> overwrites, Family? filledBy)
    {
        var evidence = new Evidence();
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        evidence.Add(FixData.Allocation, block?.Site?.Syntax);
        if (!field.DeclaringSyntaxReferences.IsEmpty)
        {
            evidence.Add(FixData.Field, field.DeclaringSyntaxReferences[0].GetSyntax());
        }

        foreach (var overwrite in overwrites)
        {
            evidence.Add(FixData.Overwrite, overwrite);
        }

        if ((block?.Family ?? filledBy) is { } family)
        {
            properties.AddRange(OfFamily(family));
        }

        properties[FixData.OwnerKey] = field.Name;
        properties[FixData.ReasonKey] = reason;
        properties[FixData.RolesKey] = string.Join(",", evidence._roles);
        evidence.Properties = properties.ToImmutable();
        return evidence;
    }

    private void AddBlock(Block? block, BodyResult result, ImmutableDictionary<string, string?>.Builder properties)
    {
        if (block is null)
        {
            return;
        }

        Add(FixData.Allocation, block.Site?.Syntax);
        foreach (var call in result.Facts.Reallocations.Where(pair => IsSame(pair.Key, block)).SelectMany(pair => pair.Value))
        {
            Add(FixData.Reallocation, call.Syntax);
        }

        foreach (var call in result.Facts.Releases.Where(pair => IsSame(pair.Key, block)).SelectMany(pair => pair.Value))
        {
            Add(FixData.Release, call.Syntax);
        }

        properties[FixData.OwnerKey] = Wording.Owner(block);
        properties[FixData.HeldKey] = block.FirstHolder is { Base: not null, DisplayName: var held } && held != properties[FixData.OwnerKey] ? held : string.Empty;
        properties[FixData.LeavesBodyKey] = result.Facts.Departures.Any(departure => IsSame(departure.Block, block)) ? "true" : "false";
        if (block.Family is { } family)
        {
            properties[FixData.FamilyKey] = family.Name;
            properties[FixData.LifetimeKey] = LifetimeOf(family);
            properties[FixData.ReleaseTemplateKey] = family.ReleaseTemplate;
            properties[FixData.ReleaseTextKey] = family.ReleaseText;
        }
    }

    private static string LifetimeOf(Family family) => family.Lifetime switch { Lifetime.Process => "process", Lifetime.Request => "request", _ => "pool" };

    private void Add(string role, SyntaxNode? node)
    {
        if (node?.GetLocation() is { } location && !(role == FixData.Branch && Enumerable.Range(0, _roles.Count).Any(i => _roles[i] == role && _locations[i].Equals(location))))
        {
            _roles.Add(role);
            _locations.Add(location);
        }
    }

    private static bool IsSame(Block one, Block other) =>
        one == other || (one.Site is not null && one.Site.Syntax == other.Site?.Syntax && one.Index == other.Index);
}
