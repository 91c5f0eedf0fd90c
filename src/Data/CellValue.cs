using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LifetimeAnalyzers.Data;

/// <summary>Reads the bytes of a cell as what they are.</summary>
internal static class CellValue
{
    public static long Integer(CellKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        CellKind.Integer => MemoryMarshal.Read<long>(bytes),
        _ => throw Mismatch(kind, "a whole number"),
    };

    public static double Real(CellKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        CellKind.Real => MemoryMarshal.Read<double>(bytes),
        CellKind.Integer => MemoryMarshal.Read<long>(bytes),
        _ => throw Mismatch(kind, "a number"),
    };

    public static decimal Decimal(CellKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        CellKind.Decimal => MemoryMarshal.Read<decimal>(bytes),
        CellKind.Integer => MemoryMarshal.Read<long>(bytes),
        _ => throw Mismatch(kind, "a decimal number"),
    };

    public static DateTime Time(CellKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        CellKind.DateTime => DateTime.FromBinary(MemoryMarshal.Read<long>(bytes)),
        _ => throw Mismatch(kind, "a point in time"),
    };

    public static Guid Identifier(CellKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        CellKind.Guid => new Guid(bytes),
        _ => throw Mismatch(kind, "a GUID"),
    };

    public static string? Text(CellKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        CellKind.Null => null,
        CellKind.Text => Encoding.UTF8.GetString(bytes),
        CellKind.Integer => Integer(kind, bytes).ToString(CultureInfo.InvariantCulture),
        CellKind.Real => Real(kind, bytes).ToString("R", CultureInfo.InvariantCulture),
        CellKind.Decimal => Decimal(kind, bytes).ToString(CultureInfo.InvariantCulture),
        CellKind.DateTime => Time(kind, bytes).ToString("O", CultureInfo.InvariantCulture),
        CellKind.Guid => Identifier(kind, bytes).ToString(),
        _ => throw Mismatch(kind, "text"),
    };

    private static InvalidCastException Mismatch(CellKind kind, string wanted) =>
        new(kind is CellKind.Null ? $"The cell is null, not {wanted}." : $"The cell holds {kind}, not {wanted}.");
}
