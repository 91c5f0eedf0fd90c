namespace LifetimeAnalyzers.CodeFixes.Tests.Contract;

/// <summary>The surface of the runtime library that the fixes write calls of, as source.</summary>
internal static class HeapSurface
{
    public const string Source = """
        using System;
        using System.Threading.Tasks;

        namespace LifetimeAnalyzers
        {
            public static unsafe class Heap
            {
                public static nint Malloc(long bytes) => 0;
                public static nint Malloc(ulong bytes) => 0;
                public static T* Malloc<T>(long count = 1) where T : unmanaged => null;
                public static nint Calloc(long count, long size) => 0;
                public static nint Calloc(ulong count, ulong size) => 0;
                public static nint SafeMalloc(long count, long size, long offset = 0) => 0;
                public static nint Realloc(nint block, long bytes) => 0;
                public static void Free(nint block) { }
                public static void Free(void* block) { }
                public static nint Pemalloc(long bytes, bool persistent) => 0;
                public static void Pefree(nint block, bool persistent) { }
                public static nint Emalloc(long bytes) => 0;
                public static nint Emalloc(ulong bytes) => 0;
                public static T* Emalloc<T>(long count = 1) where T : unmanaged => null;
                public static T* Emalloc<T>(ulong count) where T : unmanaged => null;
                public static nint Ecalloc(long count, long size) => 0;
                public static nint Ecalloc(ulong count, ulong size) => 0;
                public static nint SafeEmalloc(long count, long size, long offset = 0) => 0;
                public static nint SafeEmalloc(ulong count, ulong size, ulong offset = 0) => 0;
                public static nint Erealloc(nint block, long bytes) => 0;
                public static nint Erealloc(nint block, ulong bytes) => 0;
                public static void Efree(nint block) { }
                public static void Efree(void* block) { }
            }

            public sealed class RequestScope : IDisposable, IAsyncDisposable
            {
                public static RequestScope Begin() => new();
                public nint Emalloc(long bytes) => 0;
                public void Efree(nint block) { }
                public void Dispose() { }
                public ValueTask DisposeAsync() => default;
            }

            public sealed class OwnedAttribute : Attribute;

            public sealed class AllocatesAttribute(string family) : Attribute
            {
                public string Family => family;
            }
        }
        """;
}
