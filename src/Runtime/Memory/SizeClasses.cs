namespace LifetimeAnalyzers;

/// <summary>
/// The sizes that blocks are rounded up to: multiples of 16 up to 128, then four per doubling, up to 3072 (small, cut from
/// runs of <see cref="RunBytes"/>); whole pages of 4096, eight and then four per doubling, up to 512 KiB (medium); beyond
/// that a mapping each (huge). The tables are data in the image: constant sizes fold into constants.
/// </summary>
internal static class SizeClasses
{
    /// <summary>Number of small classes; they come first.</summary>
    public const int SmallCount = 26;

    /// <summary>Number of small and medium classes.</summary>
    public const int Count = 50;

    /// <summary>Largest small size, in bytes.</summary>
    public const ulong SmallMax = 3072;

    /// <summary>Largest medium size, in bytes.</summary>
    public const ulong MediumMax = 128 * PageBytes;

    /// <summary>The unit in which chunks are divided, in bytes; not the system's page size.</summary>
    public const int PageBytes = 4096;

    /// <summary>Pages of one run of small blocks; runs are aligned to their size within the chunk.</summary>
    public const int RunPages = 8;

    /// <summary>Bytes of one run of small blocks.</summary>
    public const int RunBytes = RunPages * PageBytes;

    /// <summary>The class of a small size, indexed by the size in units of 16 bytes, rounded up.</summary>
    public static ReadOnlySpan<byte> SmallClassOf =>
    [
        0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15,
        15, 16, 16, 16, 16, 16, 16, 16, 16, 17, 17, 17, 17, 17, 17, 17, 17, 18, 18, 18, 18, 18, 18, 18, 18, 19, 19, 19, 19, 19, 19, 19,
        19, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 21, 21, 21, 21, 21, 21, 21, 21, 21, 21, 21, 21, 21, 21, 21,
        21, 22, 22, 22, 22, 22, 22, 22, 22, 22, 22, 22, 22, 22, 22, 22, 22, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23,
        23, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24,
        24, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25,
        25,
    ];

    /// <summary>The class of a medium size, indexed by the size in pages, rounded up.</summary>
    public static ReadOnlySpan<byte> MediumClassOf =>
    [
        0, 26, 27, 28, 29, 30, 31, 32, 33, 34, 34, 35, 35, 36, 36, 37, 37, 38, 38, 38, 38, 39, 39, 39, 39, 40, 40, 40, 40, 41, 41, 41,
        41, 42, 42, 42, 42, 42, 42, 42, 42, 43, 43, 43, 43, 43, 43, 43, 43, 44, 44, 44, 44, 44, 44, 44, 44, 45, 45, 45, 45, 45, 45, 45,
        45, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47,
        47, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 49, 49, 49, 49, 49, 49, 49, 49, 49, 49, 49, 49, 49, 49, 49,
        49,
    ];

    /// <summary>Block size by class, in bytes.</summary>
    public static ReadOnlySpan<int> SizeOf =>
    [
        16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512,
        640, 768, 896, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 4096, 8192, 12288, 16384, 20480, 24576,
        28672, 32768, 40960, 49152, 57344, 65536, 81920, 98304, 114688, 131072, 163840, 196608, 229376, 262144, 327680, 393216,
        458752, 524288,
    ];

    /// <summary>
    /// By small class, 2^32 divided by the block size, rounded up: an offset is a multiple of the size if and only if its
    /// product with this, modulo 2^32, is smaller than this (Lemire, Kaser, Kurz 2019).
    /// </summary>
    public static ReadOnlySpan<uint> Reciprocal =>
    [
        268435456, 134217728, 89478486, 67108864, 53687092, 44739243, 38347923, 33554432, 26843546, 22369622, 19173962, 16777216,
        13421773, 11184811, 9586981, 8388608, 6710887, 5592406, 4793491, 4194304, 3355444, 2796203, 2396746, 2097152,
        1677722, 1398102,
    ];

    /// <summary>What a block of <paramref name="bytes"/> is charged: the bytes rounded up to its class.</summary>
    public static ulong Rounded(ulong bytes) => bytes switch
    {
        <= SmallMax => (ulong)SizeOf[SmallClassOf[(int)((bytes + 15) >> 4)]],
        <= MediumMax => (ulong)SizeOf[MediumClassOf[(int)((bytes + PageBytes - 1) / PageBytes)]],
        _ => (bytes + PageBytes - 1) & ~(ulong)(PageBytes - 1),
    };
}
