namespace LifetimeAnalyzers;

/// <summary>A pointer was released, resized or promoted that cannot be. Nothing was changed; the process stays well.</summary>
public sealed class InvalidFreeException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">What is wrong.</param>
    /// <param name="pointer">The pointer.</param>
    /// <param name="detail">More about the block (where it was allocated), or null.</param>
    public InvalidFreeException(InvalidFreeKind kind, nint pointer, string? detail = null)
        : base(Text(kind, pointer, detail))
    {
        Kind = kind;
        Pointer = pointer;
    }

    /// <summary>What is wrong.</summary>
    public InvalidFreeKind Kind { get; }

    /// <summary>The pointer as it was given.</summary>
    public nint Pointer { get; }

    private static string Text(InvalidFreeKind kind, nint pointer, string? detail)
    {
        string what = kind switch
        {
            InvalidFreeKind.NotRequestMemory => "was not allocated by Emalloc; release it with the function that belongs to its allocation (Free for Malloc)",
            InvalidFreeKind.Stack => "points into the stack; it must not be released",
            InvalidFreeKind.Interior => "points inside a block; release the pointer that the allocation returned",
            InvalidFreeKind.DoubleFree => "has been released already",
            InvalidFreeKind.OtherScope => "belongs to another request scope",
            InvalidFreeKind.EndedScope => "belongs to a request scope that has ended; its memory has been released",
            InvalidFreeKind.WrongFamily => "is request memory; release it with Efree, resize it with Erealloc",
            InvalidFreeKind.Overrun => "was overrun: bytes next to the block have been overwritten",
            _ => "cannot be released",
        };
        return $"The pointer 0x{pointer:x} {what}{(detail is null ? "" : $" ({detail})")}.";
    }
}
