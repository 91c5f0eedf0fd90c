// weakness: CWE-401, CWE-762
// construct: an imported function whose name is well known, and whose own attributes say something else
using System;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.ImportsThatSaySo;

internal static class Native
{
    [DllImport("arena")]
    [Allocates("arena block")]
    public static extern IntPtr malloc(nuint size);

    [DllImport("arena")]
    public static extern void arena_give([Releases("arena block")] IntPtr block);
}

internal static class ImportsThatSaySo
{
    public static void Given()
    {
        var block = Native.malloc(4);
        Native.arena_give(block);
    }

    public static void Lost() // bad: LIFE003
    {
        var block = Native.malloc(4);
        Marshal.WriteByte(block, 0, 1);
    }

    public static void GivenToAnother() // bad: LIFE008
    {
        var block = Native.malloc(4);
        Marshal.FreeHGlobal(block);
    }
}
