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

    /// <summary>
    /// Where the slot of a small size is, in units of 8 bytes from that of the first class, indexed by the size in units of
    /// 16 bytes, rounded up: four times the class, since a processor multiplies by 8 for nothing.
    /// </summary>
    public static ReadOnlySpan<byte> SmallSlotOf =>
    [
        0, 0, 4, 8, 12, 16, 20, 24, 28, 32, 32, 36, 36, 40, 40, 44, 44, 48, 48, 48, 48, 52, 52, 52, 52, 56, 56, 56, 56, 60, 60, 60,
        60, 64, 64, 64, 64, 64, 64, 64, 64, 68, 68, 68, 68, 68, 68, 68, 68, 72, 72, 72, 72, 72, 72, 72, 72, 76, 76, 76, 76, 76, 76, 76,
        76, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 84, 84, 84, 84, 84, 84, 84, 84, 84, 84, 84, 84, 84, 84, 84,
        84, 88, 88, 88, 88, 88, 88, 88, 88, 88, 88, 88, 88, 88, 88, 88, 88, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92,
        92, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96,
        96, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100,
        100,
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
    /// By class, 2^32 divided by the block size, rounded up: an offset is a multiple of the size if and only if its
    /// product with this, modulo 2^32, is smaller than this (Lemire, Kaser, Kurz 2019). Medium blocks start at any page.
    /// </summary>
    public static ReadOnlySpan<uint> Reciprocal =>
    [
        268435456, 134217728, 89478486, 67108864, 53687092, 44739243, 38347923, 33554432, 26843546, 22369622, 19173962, 16777216,
        13421773, 11184811, 9586981, 8388608, 6710887, 5592406, 4793491, 4194304, 3355444, 2796203, 2396746, 2097152,
        1677722, 1398102,
        1048576, 1048576, 1048576, 1048576, 1048576, 1048576, 1048576, 1048576, 1048576, 1048576, 1048576, 1048576,
        1048576, 1048576, 1048576, 1048576, 1048576, 1048576, 1048576, 1048576, 1048576, 1048576, 1048576, 1048576,
    ];

    /// <summary>The class of a small size.</summary>
    public static int SmallClass(ulong bytes) => SmallSlotOf[(int)((bytes + 15) >> 4)] >> 2;

    /// <summary>The class of a medium size.</summary>
    public static int MediumClass(ulong bytes) => MediumClassOf[(int)((bytes + PageBytes - 1) / PageBytes)];

    /// <summary>What a block of <paramref name="bytes"/> is charged: the bytes rounded up to its class.</summary>
    public static ulong Rounded(ulong bytes) => bytes switch
    {
        <= SmallMax => (ulong)SizeOf[SmallClass(bytes)],
        <= MediumMax => (ulong)SizeOf[MediumClass(bytes)],
        _ => (bytes + PageBytes - 1) & ~(ulong)(PageBytes - 1),
    };
}
