using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>Windows. Committed memory counts against the commit limit at once, so it is taken chunk by chunk.</summary>
internal sealed unsafe partial class WindowsPages : SystemPages
{
    private const uint Commits = 0x1000;
    private const uint Reserves = 0x2000;
    private const uint Frees = 0x8000;
    private const uint NoAccess = 0x01;
    private const uint ReadWrite = 0x04;

    // Discarded pages have undefined content.
    public override bool ReleasedPagesAreZero => false;

    public override nuint CommitStep => 2 << 20;

    public override byte* Reserve(nuint bytes) => (byte*)VirtualAlloc(null, bytes, Reserves, NoAccess);

    public override bool Commit(byte* start, nuint bytes) => VirtualAlloc(start, bytes, Commits, ReadWrite) != null;

    public override void Release(byte* start, nuint bytes) => _ = DiscardVirtualMemory(start, bytes);

    public override byte* Map(nuint bytes) => (byte*)VirtualAlloc(null, bytes, Commits | Reserves, ReadWrite);

    // The whole of what was reserved at this address goes; no size may be given.
    public override void Unmap(byte* start, nuint bytes) => _ = VirtualFree(start, 0, Frees);

    public override void PreferLargePages(byte* start, nuint bytes)
    {
        // Large pages need a privilege, and cannot be asked for afterwards.
    }

    public override bool TryGetStack(out nuint low, out nuint size)
    {
        nuint bottom;
        nuint top;
        GetCurrentThreadStackLimits(&bottom, &top);
        (low, size) = (bottom, top - bottom);
        return true;
    }

    public override nuint SizeOf(void* block) => _msize(block);

    [LibraryImport("ucrtbase")]
    private static partial nuint _msize(void* block);

    [LibraryImport("kernel32")]
    private static partial void* VirtualAlloc(void* address, nuint size, uint type, uint protection);

    [LibraryImport("kernel32")]
    private static partial int VirtualFree(void* address, nuint size, uint type);

    [LibraryImport("kernel32")]
    private static partial uint DiscardVirtualMemory(void* address, nuint size);

    [LibraryImport("kernel32")]
    private static partial void GetCurrentThreadStackLimits(nuint* low, nuint* high);
}
