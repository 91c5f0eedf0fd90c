using System.Collections.Immutable;

namespace LifetimeAnalyzers.Families;

/// <summary>What a statement of a <c>*.lifetime.txt</c> file says.</summary>
internal enum StatementKind
{
    /// <summary>The member gives a block.</summary>
    Allocates,

    /// <summary>The member releases a block.</summary>
    Releases,

    /// <summary>The member releases a block and gives a new one.</summary>
    Reallocates,

    /// <summary>The member uses what it is handed during the call only.</summary>
    Borrows,

    /// <summary>The member takes over the duty to release; the giver may go on using the block.</summary>
    Holds,

    /// <summary>The member takes the block over altogether.</summary>
    Takes,

    /// <summary>The result looks into the block.</summary>
    Views,

    /// <summary>The result is the block in another form.</summary>
    Same,

    /// <summary>The member does not throw.</summary>
    NoThrow,

    /// <summary>The member may throw, whatever its family says.</summary>
    Throws,

    /// <summary>The member does not come back.</summary>
    NeverReturns,

    /// <summary>Values of the type are released by <c>Dispose</c>.</summary>
    Owner,
}

/// <summary>One statement about one member. Immutable.</summary>
internal sealed record Statement
{
    /// <summary>What is said.</summary>
    public required StatementKind Kind { get; init; }

    /// <summary>Of which member.</summary>
    public required MemberPattern Member { get; init; }

    /// <summary>The family by name; null for statements that need none.</summary>
    public string? Family { get; init; }

    /// <summary>The parameters concerned; empty for the statement's default.</summary>
    public ImmutableArray<ParameterReference> Parameters { get; init; } = ImmutableArray<ParameterReference>.Empty;

    /// <summary>The <c>out</c> parameter that gets the view, or null for the result.</summary>
    public ParameterReference? Into { get; init; }

    /// <summary>The block can be null.</summary>
    public bool Nullable { get; init; }

    /// <summary>A released null is ignored.</summary>
    public bool NullIsReleasedSafely { get; init; }

    /// <summary>Also, in fact only, the same constructor or method of types derived from the one named, where they come without source.</summary>
    public bool DerivedTypes { get; init; }

    /// <summary>The member may throw.</summary>
    public bool MayThrow { get; init; }

    /// <summary>The result on which the block is there.</summary>
    public ResultTest If { get; init; }

    /// <summary>The <c>out</c> parameter that <see cref="If"/> is about, or null for the result.</summary>
    public ParameterReference? Tested { get; init; }

    /// <summary>The parameter that must be <see cref="WhenConstant"/>, or null when the statement holds for every call.</summary>
    public ParameterReference? When { get; init; }

    /// <summary>A bool, a long or null.</summary>
    public object? WhenConstant { get; init; }

    /// <summary>Where the statement stands: the file's name and the line, from 1.</summary>
    public required string Source { get; init; }

    /// <summary>The line in the file, from 0.</summary>
    public required int Line { get; init; }
}
