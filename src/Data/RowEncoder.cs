using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LifetimeAnalyzers.Data;

/// <summary>Writes a reader's current row in the form of <see cref="RowLayout"/>. Not thread-safe; one per result set.</summary>
internal sealed class RowEncoder(int columns)
{
    private readonly ArrayBufferWriter<byte> _row = new();

    /// <summary>The encoded row; valid until the next call.</summary>
    public ReadOnlySpan<byte> Encode(DbDataReader reader)
    {
        _row.ResetWrittenCount();
        int header = RowLayout.HeaderSize(columns);
        _row.GetSpan(header)[..header].Clear();
        _row.Advance(header);
        for (int column = 0; column < columns; column++)
        {
            CellKind kind = reader.IsDBNull(column) ? CellKind.Null : Append(reader, column);
            RowLayout.SetCell(MemoryMarshal.AsMemory(_row.WrittenMemory).Span, columns, column, kind, _row.WrittenCount);
        }

        return _row.WrittenSpan;
    }

    private CellKind Append(DbDataReader reader, int column)
    {
        // Asked of every row: some drivers (SQLite) type values, not columns.
        Type type = reader.GetFieldType(column);
        switch (Type.GetTypeCode(type))
        {
            case TypeCode.Boolean:
                return Append(reader.GetBoolean(column) ? 1L : 0L, CellKind.Integer);
            case TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32:
                return Append(Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture), CellKind.Integer);
            case TypeCode.Int64:
                return Append(reader.GetInt64(column), CellKind.Integer);
            case TypeCode.Single or TypeCode.Double:
                return Append(Convert.ToDouble(reader.GetValue(column), CultureInfo.InvariantCulture), CellKind.Real);
            case TypeCode.Decimal:
                return Append(reader.GetDecimal(column), CellKind.Decimal);
            case TypeCode.DateTime:
                return Append(reader.GetDateTime(column).ToBinary(), CellKind.DateTime);
            case TypeCode.String:
                Encoding.UTF8.GetBytes(reader.GetString(column), _row);
                return CellKind.Text;
        }

        if (type == typeof(Guid))
        {
            return Append(reader.GetGuid(column), CellKind.Guid);
        }

        object value = reader.GetValue(column);
        if (value is byte[] bytes)
        {
            _row.Write(bytes);
            return CellKind.Bytes;
        }

        Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", _row);
        return CellKind.Text;
    }

    private CellKind Append<T>(T value, CellKind kind)
        where T : unmanaged
    {
        _row.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
        return kind;
    }
}
