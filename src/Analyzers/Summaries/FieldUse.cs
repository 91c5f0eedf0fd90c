using System.Collections.Immutable;
using LifetimeAnalyzers.Families;
using LifetimeAnalyzers.Flow;
using LifetimeAnalyzers.Flow.Lifetimes;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Summaries;

/// <summary>A member releases an element of a collection in a field.</summary>
/// <param name="Member">The member.</param>
/// <param name="Takes">It also takes elements out, or puts others in their place.</param>
/// <param name="Replaces">It puts others in their place.</param>
/// <param name="Element">The type of the element.</param>
/// <param name="Family">The family that it is released as; null when it is an object that is disposed of.</param>
/// <param name="At">The release.</param>
internal sealed record ElementRelease(IMethodSymbol Member, bool Takes, bool Replaces, ITypeSymbol? Element, Family? Family, IOperation At);

/// <summary>What the members of one type do to one of its fields.</summary>
/// <param name="Fills">The families of the blocks that members put into it.</param>
/// <param name="ReleasedBy">The members that release what it holds.</param>
/// <param name="IsHandedOn">Some member gives what it holds to somebody else.</param>
/// <param name="FillsInside">A member moves the pointer into its block, and keeps the start nowhere.</param>
/// <param name="IsCleared">A member forgets what it holds.</param>
internal sealed record FieldUse(ImmutableArray<Family> Fills, ImmutableArray<IMethodSymbol> ReleasedBy, bool IsHandedOn, bool FillsInside, bool IsCleared)
{
    public static readonly FieldUse None = new(ImmutableArray<Family>.Empty, ImmutableArray<IMethodSymbol>.Empty, false, false, false);

    /// <summary>The members of a struct field that are released each by itself, as messages name them.</summary>
    public ImmutableHashSet<string> ReleasedMembers { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>The code that forgets what it holds; null when there is none.</summary>
    public BodyUnit? ClearedIn { get; init; }

    /// <summary>Members that do not end the object and forget what it holds, in any case and without having done anything with it.</summary>
    public ImmutableArray<IMethodSymbol> ForgottenBy { get; init; } = ImmutableArray<IMethodSymbol>.Empty;

    /// <summary>Members that move what it holds into another field of the object, whatever that one holds.</summary>
    public ImmutableArray<(BodyUnit Body, IFieldSymbol Covered, bool IsCopy)> MovedOver { get; init; } = ImmutableArray<(BodyUnit, IFieldSymbol, bool)>.Empty;

    /// <summary>For each block that members put into it the other fields of the object that get the same: the start goes into one of them, and where to go on into another.</summary>
    public ImmutableArray<ImmutableArray<IFieldSymbol>> Beside { get; init; } = ImmutableArray<ImmutableArray<IFieldSymbol>>.Empty;

    /// <summary>Members may release, keep or hand on what is in the collection that the field holds.</summary>
    public bool IsTableLeft => !LeftBy.IsEmpty;

    /// <summary>Those members.</summary>
    public ImmutableArray<IMethodSymbol> LeftBy { get; init; } = ImmutableArray<IMethodSymbol>.Empty;

    /// <summary>Members that take out what is in the collection and do nothing else with it, and where; none of them releases anything.</summary>
    public ImmutableArray<(IMethodSymbol Member, SyntaxNode? At)> Drops { get; init; } = ImmutableArray<(IMethodSymbol, SyntaxNode?)>.Empty;

    /// <summary>Members that release what is in the collection, and where.</summary>
    public ImmutableArray<ElementRelease> ElementReleases { get; init; } = ImmutableArray<ElementRelease>.Empty;

    /// <summary>The pools that buffers in it were rented from, as <see cref="Pools.KeyOf"/> tells them apart; null among them for one that may be any.</summary>
    public ImmutableArray<object?> Pools { get; init; } = ImmutableArray<object?>.Empty;

    /// <summary>Members that look into the collection, or take something out of it.</summary>
    public ImmutableArray<IMethodSymbol> AskedBy { get; init; } = ImmutableArray<IMethodSymbol>.Empty;

    /// <summary>Members that tell their callers what is in the collection.</summary>
    public ImmutableArray<IMethodSymbol> LentBy { get; init; } = ImmutableArray<IMethodSymbol>.Empty;

    /// <summary>A member releases what it is handed, which may be what is in the collection.</summary>
    public bool ReleasesParameters { get; init; }

    /// <summary>A member releases what lies in the memory or object that it holds.</summary>
    public bool IsReleasedWithin { get; init; }

    /// <summary>A member is too large to say what it does.</summary>
    public bool IsUnclear { get; init; }

    /// <summary>Memory that no allocator gave, which is all that members ever put into it; null when they put in anything else.</summary>
    public string? Foreign { get; init; }

    /// <summary>Members put something else into it than what is <see cref="Foreign"/>.</summary>
    public bool IsFilledOtherwise { get; init; }

    /// <summary>Members put something into it that they have not allocated.</summary>
    public bool IsFilledFromOutside { get; init; }
}
