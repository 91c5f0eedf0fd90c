using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>Linux, glibc and musl alike.</summary>
internal sealed unsafe partial class LinuxPages : SystemPages
{
    private const int ProtNone = 0;
    private const int ProtReadWrite = 3;
    private const int MapPrivateAnonymous = 0x02 | 0x20;
    private const int MapNoReserve = 0x4000;
    private const int AdviseDontNeed = 4;
    private const int AdviseHugePage = 14;

    public override bool ReleasedPagesAreZero => true;

    public override nuint CommitStep => 32 << 20;

    public override byte* Reserve(nuint bytes)
    {
        void* address = mmap(null, bytes, ProtNone, MapPrivateAnonymous | MapNoReserve, -1, 0);
        return (nint)address == -1 ? null : (byte*)address;
    }

    public override bool Commit(byte* start, nuint bytes) => mprotect(start, bytes, ProtReadWrite) == 0;

    public override void Release(byte* start, nuint bytes) => _ = madvise(start, bytes, AdviseDontNeed);

    public override byte* Map(nuint bytes)
    {
        void* address = mmap(null, bytes, ProtReadWrite, MapPrivateAnonymous, -1, 0);
        return (nint)address == -1 ? null : (byte*)address;
    }

    public override void Unmap(byte* start, nuint bytes) => _ = munmap(start, bytes);

    public override void PreferLargePages(byte* start, nuint bytes) => _ = madvise(start, bytes, AdviseHugePage);

    public override bool TryGetStack(out nuint low, out nuint size)
    {
        // pthread_attr_t is 56 or 64 bytes on the systems there are; generous room costs nothing.
        byte* attributes = stackalloc byte[256];
        low = size = 0;
        try
        {
            if (pthread_getattr_np(pthread_self(), attributes) != 0)
            {
                return false;
            }
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }

        void* address;
        nuint bytes;
        bool found = pthread_attr_getstack(attributes, &address, &bytes) == 0;
        _ = pthread_attr_destroy(attributes);
        (low, size) = ((nuint)address, bytes);
        return found && size != 0;
    }

    public override nuint SizeOf(void* block) => malloc_usable_size(block);

    [LibraryImport("libc")]
    private static partial nuint malloc_usable_size(void* block);

    [LibraryImport("libc")]
    private static partial void* mmap(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc")]
    private static partial int munmap(void* address, nuint length);

    [LibraryImport("libc")]
    private static partial int mprotect(void* address, nuint length, int protection);

    [LibraryImport("libc")]
    private static partial int madvise(void* address, nuint length, int advice);

    [LibraryImport("libc")]
    private static partial nint pthread_self();

    [LibraryImport("libc")]
    private static partial int pthread_getattr_np(nint thread, void* attributes);

    [LibraryImport("libc")]
    private static partial int pthread_attr_getstack(void* attributes, void** address, nuint* size);

    [LibraryImport("libc")]
    private static partial int pthread_attr_destroy(void* attributes);
}
