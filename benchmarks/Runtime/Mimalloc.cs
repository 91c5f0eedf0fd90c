using System.Runtime.InteropServices;

namespace LifetimeAnalyzers.Benchmarks;

/// <summary>mimalloc, where the machine has it.</summary>
internal sealed unsafe class Mimalloc
{
    private readonly delegate* unmanaged<nuint, void*> _allocate;
    private readonly delegate* unmanaged<void*, void> _release;

    private Mimalloc(nint library)
    {
        _allocate = (delegate* unmanaged<nuint, void*>)NativeLibrary.GetExport(library, "mi_malloc");
        _release = (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(library, "mi_free");
    }

    public static Mimalloc? TryLoad()
    {
        foreach (string name in (string[])["mimalloc", "libmimalloc.so.2", "libmimalloc.so.2.0", "libmimalloc.so.3"])
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return new Mimalloc(library);
            }
        }

        return null;
    }

    public void Pair(int n, int size)
    {
        for (int i = 0; i < n; i++)
        {
            byte* block = (byte*)_allocate((nuint)size);
            *block = 1;
            _release(block);
        }
    }
}
