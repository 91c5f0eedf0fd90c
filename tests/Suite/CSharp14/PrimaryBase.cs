// weakness: CWE-401
// construct: a primary constructor that calls its base type's
using System;
using System.Runtime.InteropServices;

namespace Cases.PrimaryBase;

internal class SizedBuffer : IDisposable
{
    private nint _block;

    protected SizedBuffer(int size)
    {
        _block = Marshal.AllocHGlobal(size);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal class HandedBuffer(nint block) : IDisposable
{
    private nint _block = block;

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

internal sealed class Page(int size, string name) : SizedBuffer(size)
{
    public string Name => name;
}

internal static class PrimaryBase
{
    public static void Lost() // bad: LIFE003
    {
        var page = new Page(3, "a");
        Console.WriteLine(page.Name);
    }

    public static void Good()
    {
        using var page = new Page(3, "a");
        Console.WriteLine(page.Name);
    }

    public static HandedBuffer ReturnedGood() => new(Marshal.AllocHGlobal(3));
}
