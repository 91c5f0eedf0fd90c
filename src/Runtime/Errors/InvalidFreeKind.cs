namespace LifetimeAnalyzers;

/// <summary>What was wrong with a pointer that was to be released, resized or promoted.</summary>
public enum InvalidFreeKind
{
    /// <summary>The pointer was never handed out by the request heap (a <c>Malloc</c> block, or memory of another allocator).</summary>
    NotRequestMemory,

    /// <summary>The pointer points into the stack of the calling thread.</summary>
    Stack,

    /// <summary>The pointer points inside a block, not at its start.</summary>
    Interior,

    /// <summary>The block has been released already.</summary>
    DoubleFree,

    /// <summary>The block belongs to another request scope.</summary>
    OtherScope,

    /// <summary>The block's scope has ended; its memory is gone.</summary>
    EndedScope,

    /// <summary>A request block was given to <c>Free</c> or <c>Realloc</c>, which are for process-lifetime blocks.</summary>
    WrongFamily,

    /// <summary>Bytes outside the block were overwritten (found in debug mode).</summary>
    Overrun,
}
