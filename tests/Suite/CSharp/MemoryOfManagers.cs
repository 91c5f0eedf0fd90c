// weakness: CWE-401
// construct: memory managers of the project whose fields begin with a block

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Suite.MemoryOfManagers;

public sealed unsafe class Sector : MemoryManager<byte>
{
    private nint _start = Marshal.AllocHGlobal(512);

    public override Span<byte> GetSpan() => new((void*)_start, 512);

    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)_start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        Marshal.FreeHGlobal(_start);
        _start = 0;
    }
}

public sealed class Sectors : IDisposable
{
    private readonly Dictionary<int, IMemoryOwner<byte>> _sectors = new();

    public void Put(int number) // bad: LIFE013
    {
        _sectors[number] = new Sector();
    }

    public bool Offered(int number) // bad: LIFE004
    {
        var sector = new Sector();
        return _sectors.TryAdd(number, sector);
    }

    public bool OfferedAndDisposed(int number) // good
    {
        IMemoryOwner<byte> sector = new Sector();
        if (_sectors.TryAdd(number, sector))
        {
            return true;
        }

        sector.Dispose();
        return false;
    }

    public void Dispose()
    {
        foreach (var sector in _sectors.Values)
        {
            sector.Dispose();
        }
    }
}

public static class Reads
{
    public static byte First() // bad: LIFE003
    {
        var sector = new Sector();
        return sector.GetSpan()[0];
    }

    public static byte FirstOfOwner() // good
    {
        using IMemoryOwner<byte> sector = new Sector();
        return sector.Memory.Span[0];
    }

    public static IMemoryOwner<byte> Made() => new Sector(); // good

    public static byte FirstOfMade() // good
    {
        using var sector = Made();
        return sector.Memory.Span[0];
    }
}
