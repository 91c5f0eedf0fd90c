// raised: LIFE018
using System.Runtime.InteropServices;

namespace Contracts;

/// <summary>Public helpers.</summary>
public static unsafe class Native
{
    /// <summary>Allocates.</summary>
    /// <param name="n">How many.</param>
    public static IntPtr Create(int n)
    {
        return Marshal.AllocHGlobal(n);
    }

    [Obsolete("old")]
    public static void* Make(nuint n) => NativeMemory.Alloc(n);

    public static void Destroy(IntPtr p)
    {
        Marshal.FreeHGlobal(p);
    }

    public static bool TryMake(int n, out IntPtr result)
    {
        result = n > 0 ? Marshal.AllocCoTaskMem(n) : IntPtr.Zero;
        return n > 0;
    }
}
