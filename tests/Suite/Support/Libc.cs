using System.Runtime.InteropServices;

namespace Suite.Support;

/// <summary>The C library's allocator, as interop code declares it.</summary>
internal static unsafe partial class Libc
{
    [DllImport("libc", EntryPoint = "malloc")]
    public static extern void* Malloc(nuint size);

    [DllImport("libc", EntryPoint = "calloc")]
    public static extern void* Calloc(nuint count, nuint size);

    [DllImport("libc", EntryPoint = "realloc")]
    public static extern void* Realloc(void* block, nuint size);

    [DllImport("libc", EntryPoint = "strdup")]
    public static extern byte* Strdup(byte* text);

    [DllImport("libc", EntryPoint = "free")]
    public static extern void Free(void* block);

    [DllImport("libc", EntryPoint = "strlen")]
    public static extern nuint Strlen(byte* text);
}
