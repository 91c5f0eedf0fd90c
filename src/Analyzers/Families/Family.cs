namespace LifetimeAnalyzers.Families;

/// <summary>How long a block lives if nobody releases it.</summary>
internal enum Lifetime
{
    /// <summary>Until the process ends: native memory, handles.</summary>
    Process,

    /// <summary>Until the request scope that it was taken from ends.</summary>
    Request,

    /// <summary>Until the collector finds it: rented buffers. The pool is poorer, nothing leaks for ever.</summary>
    Pool,
}

/// <summary>
/// The allocate, reallocate and release functions that belong together. Two blocks may be released by the same
/// function only if their families are equal.
/// </summary>
/// <param name="Name">The name that messages and configuration use, such as <c>NativeMemory</c>.</param>
/// <param name="Lifetime">How long a block of the family lives if nobody releases it.</param>
/// <param name="ReleaseText">What to call to release a block, as messages say it: <c>NativeMemory.Free</c>.</param>
internal sealed record Family(string Name, Lifetime Lifetime, string ReleaseText)
{
    /// <summary>Words of names that may mean a block of any kind.</summary>
    private static readonly string[] AnyThing = { "object", "handle", "ptr", "pointer", "memory", "mem", "resource", "item", "data", "buffer", "string", "array" };

    /// <summary>The pool instance is part of a block's identity: a buffer goes back to the pool it came from.</summary>
    public bool PerInstance { get; init; }

    /// <summary>The block is released by calling a method on itself (<c>Dispose</c>, <c>Free</c>), not by passing it.</summary>
    public bool ReleasedThroughItself { get; init; }

    /// <summary>A copy of the block is the same block: pointers, handles and arrays, in contrast to nothing else so far.</summary>
    public bool IsPointer { get; init; }

    /// <summary>Any <c>Dispose</c> or <c>DisposeAsync</c> on the block releases it, whichever type declares the method.</summary>
    public bool ReleasedByDispose { get; init; }

    /// <summary>
    /// The release as code, with <c>{0}</c> for the block and <c>{1}</c> for the pool it came from, all names in full:
    /// <c>global::System.Runtime.InteropServices.NativeMemory.Free({0})</c>. Null when a release needs more than these.
    /// </summary>
    public string? ReleaseTemplate { get; init; }

    /// <summary>An allocation whose result is discarded is kept for ever on purpose: a handle that roots a callback.</summary>
    public bool DiscardIsDeliberate { get; init; }

    /// <summary>A block that nobody ever releases is no mistake (a loaded library); only wrong releases and uses are.</summary>
    public bool MayStayUnreleased { get; init; }

    /// <summary>
    /// The object that gives is told by a member of its own when what it gave is needed no more, without being handed it:
    /// <c>SafeBuffer.ReleasePointer()</c>. It counts how often.
    /// </summary>
    public bool IsOfReceiver { get; init; }

    /// <summary>Several may hold the block, and each releases it once: that one has done so says nothing about the others.</summary>
    public bool IsCounted { get; init; }

    /// <summary>The allocators throw when there is no memory. Code that tests for null all the same is taken at its word, except that what it throws then is not held against it.</summary>
    public bool FailsByThrowing { get; init; }

    /// <summary>Nobody has said that the functions belong together: their names and signatures do.</summary>
    public bool IsInferred { get; init; }

    /// <summary>Neither names say that the functions belong together: what the source does with them does.</summary>
    public bool IsByUse { get; init; }

    /// <summary>What the names of an inferred pair say it is for, without the verbs (<c>av frame</c>); else empty.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The source never calls the release of an inferred pair: either all blocks are forgotten, or they are not the caller's.</summary>
    public bool IsNeverReleased { get; init; }

    /// <summary>Whether two inferred pairs are certainly for different things: a function for anything (<c>av free</c>, <c>av object release</c>) may release what several give.</summary>
    public bool IsOfAnotherResource(Family other) =>
        IsInferred && other.IsInferred && IsTelling(Resource) && IsTelling(other.Resource) &&
        Resource.IndexOf(other.Resource, StringComparison.Ordinal) < 0 && other.Resource.IndexOf(Resource, StringComparison.Ordinal) < 0;

    /// <summary>Whether what <paramref name="allocated"/> gives is certainly not for this family's release.</summary>
    public bool IsNotFor(Family allocated) =>
        Name != allocated.Name && !IsUnspecified && !allocated.IsUnspecified && ((!IsInferred && !allocated.IsInferred) || IsOfAnotherResource(allocated));

    private static bool IsTelling(string resource) =>
        resource.Length > 0 && !AnyThing.Any(word => resource.EndsWith(word, StringComparison.Ordinal));

    /// <summary>A contract says only that the block is owned, not by which family: any release of it is right.</summary>
    public bool IsUnspecified { get; init; }
}
