namespace LifetimeAnalyzers.Families;

/// <summary>A family as a file declares it, before its release is known. Immutable.</summary>
internal sealed record FamilyDeclaration
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>How long a block lives if nobody releases it.</summary>
    public required Lifetime Lifetime { get; init; }

    /// <summary>The pool is part of the block's identity; null: decided by whether the release is an instance method.</summary>
    public bool? PerInstance { get; init; }

    /// <summary>Copies of the block are the same block.</summary>
    public bool IsPointer { get; init; }

    /// <summary>Released by <c>Dispose</c>.</summary>
    public bool ReleasedByDispose { get; init; }

    /// <summary>A discarded result is no mistake.</summary>
    public bool DiscardIsDeliberate { get; init; }

    /// <summary>No release is no mistake.</summary>
    public bool MayStayUnreleased { get; init; }

    /// <summary>What is given is counted by the object that the members are called on.</summary>
    public bool IsOfReceiver { get; init; }

    /// <summary>Each release is that of one holder.</summary>
    public bool IsCounted { get; init; }

    /// <summary>The allocators throw when there is no memory: a test of their result for null is a formality.</summary>
    public bool FailsByThrowing { get; init; }

    /// <summary>How messages name the release, or null: as the member that releases.</summary>
    public string? ReleaseText { get; init; }

    /// <summary>The line in the file, from 0.</summary>
    public required int Line { get; init; }
}
