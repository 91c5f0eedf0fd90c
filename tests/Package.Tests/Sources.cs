namespace LifetimeAnalyzers.Package.Tests;

/// <summary>The mistakes that the consumer projects make.</summary>
internal static class Sources
{
    /// <summary>LIFE003 on line 9, by the framework's own functions alone.</summary>
    public const string NeverFreed = """
        using System.Runtime.InteropServices;

        namespace Consumer;

        public static class Work
        {
            public static unsafe int FirstByte(byte[] data)
            {
                byte* copy = (byte*)NativeMemory.Alloc((nuint)data.Length);
                data.CopyTo(new Span<byte>(copy, data.Length));
                return copy[0];
            }
        }

        """;

    /// <summary>LIFE001 on lines 10 and 17, in a controller.</summary>
    public const string LeakingController = """
        using LifetimeAnalyzers;
        using Microsoft.AspNetCore.Mvc;

        namespace Consumer;

        public sealed class ItemsController : ControllerBase
        {
            public int First(int size)
            {
                nint block = Heap.Malloc(size);
                return Fill(block, size);
            }

            public int Second(int size)
            {
                // Kept for the comment's sake.
                nint block = Heap.Malloc(2 * size);
                return Fill(block, 2 * size);
            }

            private static unsafe int Fill(nint block, int size)
            {
                new Span<byte>((void*)block, size).Fill(1);
                return size;
            }
        }

        """;
}
