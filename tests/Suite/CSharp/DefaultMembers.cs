// weakness: CWE-401 Missing Release of Memory after Effective Lifetime
// construct: a member of an interface that has a body and releases what the object holds
using System;
using System.Runtime.InteropServices;

namespace Cases.DefaultMembers;

internal interface IBlock
{
    IntPtr Start { get; }

    void Free() => Marshal.FreeHGlobal(Start);

    int First() => Marshal.ReadByte(Start);
}

internal sealed record Block(IntPtr Start) : IBlock;

internal static class Users
{
    public static int Released(int size)
    {
        IBlock block = new Block(Marshal.AllocHGlobal(size));
        int first = Marshal.ReadByte(block.Start);
        block.Free();
        return first;
    }

    public static int ReleasedAfterAMember(int size)
    {
        IBlock block = new Block(Marshal.AllocHGlobal(size));
        int first = block.First();
        block.Free();
        return first;
    }

    public static int NotReleased(int size) // bad: LIFE003
    {
        IBlock block = new Block(Marshal.AllocHGlobal(size));
        return block.First();
    }

    public static void ReleasedTwice(int size) // bad: LIFE006
    {
        IBlock block = new Block(Marshal.AllocHGlobal(size));
        block.Free();
        block.Free();
    }

    public static int UsedAfterwards(int size) // bad: LIFE007
    {
        IBlock block = new Block(Marshal.AllocHGlobal(size));
        block.Free();
        return Marshal.ReadByte(block.Start);
    }
}
