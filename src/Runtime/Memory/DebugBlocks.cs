using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LifetimeAnalyzers;

/// <summary>
/// Blocks of a debug scope: a header of 32 bytes in front, a guard of 16 behind. The first half of the header is left to
/// the free list; then come a mark, the call site, and the size that was asked for. Released bytes read as 0xDD, fresh
/// ones as 0xCD.
/// </summary>
internal static unsafe class DebugBlocks
{
    /// <summary>Bytes in front of what the caller gets.</summary>
    public const int Header = 32;

    /// <summary>Bytes that a block takes more than the caller asked for.</summary>
    public const int Overhead = Header + Guard;

    /// <summary>Up to here <see cref="Fill"/> makes no call.</summary>
    public const ulong FilledInline = 128;

    private const int Guard = 16;
    private const uint Alive = 0xA11C0DED;
    private const uint Released = 0xF4EEB10C;
    private const ulong GuardPattern = 0xFDFDFDFDFDFDFDFD;
    private const byte Fresh = 0xCD;
    private const byte Dead = 0xDD;

    /// <summary>Writes header and guard, fills the block.</summary>
    /// <returns>What the caller gets.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Open(nint start, ulong bytes, int site, bool zero)
    {
        *(uint*)(start + 16) = Alive;
        *(int*)(start + 20) = site;
        *(ulong*)(start + 24) = bytes;
        nint block = start + Header;
        Fill(block, bytes, zero ? (byte)0 : Fresh);
        ulong* guard = (ulong*)(block + (nint)bytes);
        guard[0] = guard[1] = GuardPattern;
        return block;
    }

    /// <summary>Checks the guard, and marks and fills a block that is being released.</summary>
    /// <exception cref="InvalidFreeException">Bytes next to the block were overwritten.</exception>
    public static void Close(nint start)
    {
        ulong bytes = SizeOf(start);
        ulong* guard = (ulong*)(start + Header + (nint)bytes);
        if (guard[0] != GuardPattern || guard[1] != GuardPattern)
        {
            guard[0] = guard[1] = GuardPattern; // once is enough: the next release of the block goes through
            throw new InvalidFreeException(InvalidFreeKind.Overrun, start + Header, Allocated(start));
        }

        CloseIntact(start, bytes);
    }

    /// <summary>Whether <see cref="Close"/> would have nothing against it.</summary>
    /// <param name="start">The block.</param>
    /// <param name="usable">Bytes of its size class.</param>
    /// <param name="bytes">Bytes that the caller asked for.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsIntact(nint start, ulong usable, out ulong bytes)
    {
        bytes = SizeOf(start);
        if (*(uint*)(start + 16) != Alive || bytes > usable - Overhead)
        {
            return false;
        }

        ulong* guard = (ulong*)(start + Header + (nint)bytes);
        return guard[0] == GuardPattern && guard[1] == GuardPattern;
    }

    /// <summary>The other half of <see cref="Close"/>, for a block that is intact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CloseIntact(nint start, ulong bytes)
    {
        *(uint*)(start + 16) = Released;
        Fill(start + Header, bytes, Dead);
    }

    /// <summary>Bytes that the caller asked for.</summary>
    public static ulong SizeOf(nint start) => *(ulong*)(start + 24);

    /// <summary>Number of the line that allocated.</summary>
    public static int SiteOf(nint start) => *(int*)(start + 20);

    /// <summary>Forgets a block that another thread released.</summary>
    /// <returns>Bytes that were charged for it.</returns>
    public static ulong Forget(SubHeap* heap, nint start, ulong usable)
    {
        ulong bytes = Math.Min(SizeOf(start), usable);
        heap->Counters->Died(SiteOf(start), bytes);
        return SizeClasses.Rounded(bytes);
    }

    /// <summary>Goes from what the caller has to where the block starts.</summary>
    public static void Locate(nint block, out nint start, ref BlockLocation location, ref InvalidFreeKind? error)
    {
        start = block;
        if (error is not (null or InvalidFreeKind.Interior))
        {
            return;
        }

        nint first = BlockLocation.StartOf(block);
        if (first == 0 || first + Header != block)
        {
            error = InvalidFreeKind.Interior;
            start = first;
            return;
        }

        location = BlockLocation.Of(first);
        error = location.Error;
        start = first;
        if (error is null && *(uint*)(first + 16) != Alive)
        {
            error = *(uint*)(first + 16) == Released ? InvalidFreeKind.DoubleFree : InvalidFreeKind.Overrun;
        }
        else if (error is null && SizeOf(first) > location.Bytes - Overhead)
        {
            error = InvalidFreeKind.Overrun; // the header was written over
        }
    }

    /// <summary>Where the block was allocated; null when that is not known.</summary>
    public static string? Describe(in BlockLocation location, nint start) =>
        location.Exists && location.Heap->Debug && start != 0 && *(uint*)(start + 16) is Alive or Released ? Allocated(start) : null;

    private static string? Allocated(nint start)
    {
        int number = SiteOf(start);
        return number >= 0 && number < CallSites.Count && CallSites.Of(number) is var site
            ? $"{SizeOf(start)} bytes allocated by {site.Function} at {site.File}({site.Line})"
            : null;
    }

    /// <summary>
    /// Fills a block. May write up to 15 bytes too many: into the guard, which is written afterwards, or needed no more;
    /// into the rest of a block that is not a debug scope's.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fill(nint block, ulong bytes, byte value)
    {
        if (bytes > FilledInline)
        {
            FillMore(block, bytes, value);
            return;
        }

        nint end = block + (nint)bytes;
        var wide = Vector256.Create(value);
        for (; end - block >= Vector256<byte>.Count; block += Vector256<byte>.Count)
        {
            wide.Store((byte*)block);
        }

        for (; block < end; block += Vector128<byte>.Count)
        {
            wide.GetLower().Store((byte*)block);
        }
    }

    private static void FillMore(nint block, ulong bytes, byte value)
    {
        if (bytes <= int.MaxValue)
        {
            new Span<byte>((void*)block, (int)bytes).Fill(value);
        }
        else
        {
            System.Runtime.InteropServices.NativeMemory.Fill((void*)block, (nuint)bytes, value);
        }
    }
}
