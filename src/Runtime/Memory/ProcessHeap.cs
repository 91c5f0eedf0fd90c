using System.Runtime.InteropServices;

namespace LifetimeAnalyzers;

/// <summary>Process-lifetime memory: the system's, with sizes checked.</summary>
internal static unsafe class ProcessHeap
{
    public static nint Allocate(ulong bytes) => (nint)NativeMemory.Alloc(Checked(bytes));

    public static nint AllocateZeroed(ulong bytes) => (nint)NativeMemory.AllocZeroed(Checked(bytes));

    public static nint Reallocate(nint block, ulong bytes)
    {
        RefuseRequestMemory(block);
        return (nint)NativeMemory.Realloc((void*)block, Checked(bytes));
    }

    public static void Release(nint block)
    {
        RefuseRequestMemory(block);
        NativeMemory.Free((void*)block);
    }

    private static nuint Checked(ulong bytes)
    {
        if (bytes > long.MaxValue || bytes > nuint.MaxValue)
        {
            AllocationSize.Overflow(bytes, 1, 0);
        }

        return (nuint)bytes;
    }

    private static void RefuseRequestMemory(nint block)
    {
        if (block != 0 && RequestScope.Owns(block))
        {
            throw new InvalidFreeException(InvalidFreeKind.WrongFamily, block);
        }
    }
}
