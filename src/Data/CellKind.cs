namespace LifetimeAnalyzers.Data;

/// <summary>How the bytes of a cell are to be read.</summary>
public enum CellKind : byte
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>A whole number or a truth value, 8 bytes.</summary>
    Integer,

    /// <summary>A floating-point number, 8 bytes.</summary>
    Real,

    /// <summary>A decimal number, 16 bytes.</summary>
    Decimal,

    /// <summary>A point in time, as ticks and kind, 8 bytes (<see cref="System.DateTime.ToBinary"/>).</summary>
    DateTime,

    /// <summary>A GUID, 16 bytes.</summary>
    Guid,

    /// <summary>Text in UTF-8; also everything that has no kind of its own, in the invariant culture's form.</summary>
    Text,

    /// <summary>Bytes as they are.</summary>
    Bytes,
}
