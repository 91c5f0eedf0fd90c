// weakness: CWE-401
// construct: members that hand out, behind aliases, imports and properties with the name of another type
using System;
using System.Runtime.InteropServices;
using static Cases.NamesBehindTypes.Imported;
using Source = Cases.NamesBehindTypes.Aliased;

namespace Cases.NamesBehindTypes;

internal static class Imported
{
    public static nint Taken(int size) => Marshal.AllocHGlobal(size);
}

internal static class Aliased
{
    public static nint Given(int size) => Marshal.AllocHGlobal(size);
}

/// <summary>Has nothing to do with blocks, but the name of a property.</summary>
internal sealed class Supply
{
    public static int Create(int size) => size + 1;
}

internal sealed class Store
{
    public nint Create(int size) => Marshal.AllocHGlobal(size);
}

internal sealed class Desk
{
    public Store Supply { get; } = new();

    public int Sum(int size) // bad: LIFE003
    {
        nint block = Supply.Create(size);
        Marshal.WriteInt32(block, size);
        return Marshal.ReadInt32(block) + 1;
    }

    public int SumAndFree(int size)
    {
        nint block = Supply.Create(size);
        Marshal.WriteInt32(block, size);
        int sum = Marshal.ReadInt32(block) + 1;
        Marshal.FreeHGlobal(block);
        return sum;
    }
}

internal static class Clerk
{
    public static int Import(int size) // bad: LIFE003
    {
        nint block = Taken(size);
        Marshal.WriteInt32(block, size);
        return Marshal.ReadInt32(block);
    }

    public static int ImportAndFree(int size)
    {
        nint block = Taken(size);
        Marshal.WriteInt32(block, size);
        int read = Marshal.ReadInt32(block);
        Marshal.FreeHGlobal(block);
        return read;
    }

    public static int Alias(int size) // bad: LIFE003
    {
        nint block = Source.Given(size);
        Marshal.WriteInt32(block, size);
        return Marshal.ReadInt32(block);
    }

    public static int AliasAndFree(int size)
    {
        nint block = Source.Given(size);
        Marshal.WriteInt32(block, size);
        int read = Marshal.ReadInt32(block);
        Marshal.FreeHGlobal(block);
        return read;
    }

    public static int OtherCreate(int size) => Supply.Create(size);
}
