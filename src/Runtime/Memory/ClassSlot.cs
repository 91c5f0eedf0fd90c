using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>What a sub-heap keeps for one size class; all of it within one cache line.</summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct ClassSlot
{
    /// <summary>Bytes of a slot.</summary>
    public const int Bytes = 32;

    /// <summary>The first released block; 0 for none.</summary>
    public nint Free;

    /// <summary>The run that blocks are being cut from: the next block; higher than any address when there is no such run.</summary>
    public nint Bump;

    /// <summary>Bytes of a block.</summary>
    public ulong Size;

    /// <summary>The run that blocks are being cut from: its end, without the upper half of the address; 0 when there is no such run.</summary>
    public uint End;

    /// <summary><see cref="SizeClasses.Reciprocal"/>; 0 where no block starts, so that no offset passes for a multiple.</summary>
    public uint Reciprocal;

    /// <summary>Whether one more block fits into the run that blocks are being cut from.</summary>
    public readonly bool HasRoom
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => FitsBefore(Bump + (nint)Size);
    }

    /// <summary>Whether a block that ends there, and starts where blocks are being cut, fits into the run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool FitsBefore(nint end) => (int)(End - (uint)end) >= 0;

    /// <summary>
    /// Whether no block was ever at <paramref name="block"/>, because the run has not been cut there yet. May be wrong in
    /// saying so for a block that is gigabytes away from the run; <see cref="IsUncut"/> is not.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool MayBeUncut(nint block) => block >= Bump && (int)(End - (uint)block) > 0;

    /// <summary>Whether <paramref name="block"/> lies where the run that blocks are being cut from has not been cut yet.</summary>
    public readonly bool IsUncut(nint block) => block >= Bump && RunOf(block) == RunOf(Bump - 1);

    /// <summary>Whether <paramref name="run"/> is the start of the run that blocks are, or were last, being cut from.</summary>
    public readonly bool IsCutting(nint run) => Bump != nint.MaxValue && run == RunOf(Bump - 1);

    /// <summary>Leaves the run that blocks were being cut from, if there was one.</summary>
    public void NoRun() => (Bump, End) = (nint.MaxValue, 0);

    private static nint RunOf(nint address) => address & -SizeClasses.RunBytes;
}
