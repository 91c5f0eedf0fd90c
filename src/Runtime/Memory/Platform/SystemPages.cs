namespace LifetimeAnalyzers;

/// <summary>Address space and pages of the operating system. One implementation per system, chosen once.</summary>
internal abstract unsafe class SystemPages
{
    /// <summary>The implementation for the system this runs on.</summary>
    public static readonly SystemPages Current = OperatingSystem.IsWindows() ? new WindowsPages() : OperatingSystem.IsMacOS() ? new MacPages() : new LinuxPages();

    /// <summary>Whether released pages read as zero when they are touched again.</summary>
    public abstract bool ReleasedPagesAreZero { get; }

    /// <summary>How many bytes are worth committing at a time.</summary>
    public abstract nuint CommitStep { get; }

    /// <summary>Sets address space aside without memory behind it; null when the system refuses.</summary>
    public abstract byte* Reserve(nuint bytes);

    /// <summary>Makes reserved pages readable and writable, zeroed; false when the system refuses.</summary>
    public abstract bool Commit(byte* start, nuint bytes);

    /// <summary>Gives the memory behind committed pages back to the system. They stay readable and writable.</summary>
    public abstract void Release(byte* start, nuint bytes);

    /// <summary>Gets pages with memory behind them at once, zeroed; null when the system refuses.</summary>
    public abstract byte* Map(nuint bytes);

    /// <summary>Gives back all of what <see cref="Map"/> got, address space included.</summary>
    public abstract void Unmap(byte* start, nuint bytes);

    /// <summary>Asks for large pages behind the range, where that is a hint one can give.</summary>
    public abstract void PreferLargePages(byte* start, nuint bytes);

    /// <summary>Bytes that a block of the system's allocator can hold: what was asked for, or a little more.</summary>
    public abstract nuint SizeOf(void* block);

    /// <summary>The stack of the calling thread; false when it cannot be told.</summary>
    public abstract bool TryGetStack(out nuint low, out nuint size);
}
