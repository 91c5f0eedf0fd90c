using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers.Data;

/// <summary>
/// A row in one block: a flag whether it was read, the end of every cell's bytes, the kind of every cell, the bytes.
/// </summary>
internal static unsafe class RowLayout
{
    private const int Flag = sizeof(int);

    /// <summary>Bytes in front of the cells' own.</summary>
    public static int HeaderSize(int columns) => Flag + columns * (sizeof(int) + sizeof(CellKind));

    /// <summary>Marks the row as read and returns whether it was not before.</summary>
    public static bool MarkRead(nint row) => Interlocked.Exchange(ref *(int*)row, 1) == 0;

    public static void Clear(Span<byte> row) => Unsafe.WriteUnaligned(ref row[0], 0);

    public static void SetCell(Span<byte> row, int columns, int column, CellKind kind, int end)
    {
        Unsafe.WriteUnaligned(ref row[Flag + column * sizeof(int)], end);
        row[Flag + columns * sizeof(int) + column] = (byte)kind;
    }

    public static CellKind Kind(nint row, int columns, int column) => ((CellKind*)(row + Flag + columns * sizeof(int)))[column];

    public static ReadOnlySpan<byte> Bytes(nint row, int columns, int column)
    {
        int* ends = (int*)(row + Flag);
        int start = column == 0 ? HeaderSize(columns) : ends[column - 1];
        return new ReadOnlySpan<byte>((byte*)row + start, ends[column] - start);
    }
}
