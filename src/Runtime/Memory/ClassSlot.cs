using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>What a sub-heap keeps for one size class; all of it within one cache line.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct ClassSlot
{
    /// <summary>The first released block; 0 for none.</summary>
    public nint Free;

    /// <summary>The run that blocks are being cut from: the next block.</summary>
    public nint Bump;

    /// <summary>The run that blocks are being cut from: its end.</summary>
    public nint End;

    /// <summary>Bytes of a block.</summary>
    public int Size;

    /// <summary><see cref="SizeClasses.Reciprocal"/>; 0 when the class is not a small one, so that no offset passes for a multiple.</summary>
    public uint Reciprocal;
}
