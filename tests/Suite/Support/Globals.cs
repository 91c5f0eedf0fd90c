using System;

namespace Suite.Support;

/// <summary>Flags of another file: constant, read-only, never changed, and not to be foreseen.</summary>
internal static class Globals
{
    public const bool ConstTrue = true;
    public const bool ConstFalse = false;
    public const int ConstFive = 5;

    public static readonly bool ReadOnlyTrue = true;
    public static readonly bool ReadOnlyFalse = false;

    internal static bool True = true;
    internal static bool False = false;
    internal static int Five = 5;

    public static bool ReturnsTrue() => true;

    public static bool ReturnsFalse() => false;

    public static bool ReturnsTrueOrFalse() => Random.Shared.Next(2) == 1;
}
