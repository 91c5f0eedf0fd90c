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

    /// <summary>The run that blocks are being cut from: the next block; 0 when there is no such run.</summary>
    public nint Bump;

    /// <summary>Bytes of a block.</summary>
    public ulong Size;

    /// <summary>The run that blocks are being cut from: its last byte, without the upper half of the address; 0 when there is no such run.</summary>
    public uint Last;

    /// <summary><see cref="SizeClasses.Reciprocal"/>; 0 where no block starts, so that no offset passes for a multiple.</summary>
    public uint Reciprocal;

    /// <summary>Whether one more block fits into the run that blocks are being cut from.</summary>
    public readonly bool HasRoom => (uint)(Bump + (nint)Size - 1) <= Last;

    /// <summary>Whether <paramref name="block"/> lies where the run that blocks are being cut from has not been cut yet.</summary>
    public readonly bool IsUncut(nint block) =>
        Bump != 0 && block >= Bump && (block & -SizeClasses.RunBytes) == ((Bump - 1) & -SizeClasses.RunBytes);
}
