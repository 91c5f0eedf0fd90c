using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>macOS. Pages may be 16 KiB; chunks are multiples of that.</summary>
internal sealed unsafe partial class MacPages : SystemPages
{
    private const int ProtNone = 0;
    private const int ProtReadWrite = 3;
    private const int MapPrivateAnonymous = 0x0002 | 0x1000;
    private const int MapFixed = 0x0010;

    public override bool ReleasedPagesAreZero => true;

    public override nuint CommitStep => 32 << 20;

    public override byte* Reserve(nuint bytes)
    {
        void* address = mmap(null, bytes, ProtNone, MapPrivateAnonymous, -1, 0);
        return (nint)address == -1 ? null : (byte*)address;
    }

    public override bool Commit(byte* start, nuint bytes) => mprotect(start, bytes, ProtReadWrite) == 0;

    // MADV_DONTNEED keeps the pages here; mapping afresh over the range drops them, in one step for other threads.
    public override void Release(byte* start, nuint bytes) => _ = mmap(start, bytes, ProtReadWrite, MapPrivateAnonymous | MapFixed, -1, 0);

    public override byte* Map(nuint bytes)
    {
        void* address = mmap(null, bytes, ProtReadWrite, MapPrivateAnonymous, -1, 0);
        return (nint)address == -1 ? null : (byte*)address;
    }

    public override void Unmap(byte* start, nuint bytes) => _ = munmap(start, bytes);

    public override void PreferLargePages(byte* start, nuint bytes)
    {
        // The system offers no such hint.
    }

    public override bool TryGetStack(out nuint low, out nuint size)
    {
        nint thread = pthread_self();
        size = pthread_get_stacksize_np(thread);
        low = (nuint)pthread_get_stackaddr_np(thread) - size; // the address is the upper end
        return size != 0;
    }

    public override nuint SizeOf(void* block) => malloc_size(block);

    [LibraryImport("libSystem")]
    private static partial nuint malloc_size(void* block);

    [LibraryImport("libSystem")]
    private static partial void* mmap(void* address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libSystem")]
    private static partial int munmap(void* address, nuint length);

    [LibraryImport("libSystem")]
    private static partial int mprotect(void* address, nuint length, int protection);

    [LibraryImport("libSystem")]
    private static partial nint pthread_self();

    [LibraryImport("libSystem")]
    private static partial void* pthread_get_stackaddr_np(nint thread);

    [LibraryImport("libSystem")]
    private static partial nuint pthread_get_stacksize_np(nint thread);
}
