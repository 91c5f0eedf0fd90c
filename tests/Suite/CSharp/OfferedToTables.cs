// weakness: CWE-401, CWE-772
// construct: objects that are offered to a table which may have another one under the key
using System;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Cases.OfferedToTables;

internal sealed class Glyph : IDisposable
{
    private nint _outline = Marshal.AllocHGlobal(128);

    public byte First => Marshal.ReadByte(_outline);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_outline);
        _outline = 0;
    }
}

internal sealed class Font : IDisposable
{
    private readonly ConcurrentDictionary<char, Glyph> _glyphs = new();

    public Glyph OnDemand(char c) => _glyphs.GetOrAdd(c, static _ => new Glyph());

    public Glyph OfferedBad(char c) // bad: LIFE003|LIFE004
    {
        var glyph = new Glyph();
        return _glyphs.GetOrAdd(c, glyph);
    }

    public byte FirstBad(char c) => _glyphs.GetOrAdd(c, new Glyph()).First; // bad: LIFE003|LIFE004

    public Glyph Offered(char c)
    {
        var glyph = new Glyph();
        var kept = _glyphs.GetOrAdd(c, glyph);
        if (!ReferenceEquals(kept, glyph))
        {
            glyph.Dispose();
        }

        return kept;
    }

    public Glyph OfferedOtherwise(char c)
    {
        var glyph = new Glyph();
        var kept = _glyphs.GetOrAdd(c, glyph);
        if (kept == glyph)
        {
            return glyph;
        }

        glyph.Dispose();
        return kept;
    }

    public Glyph OfferedInTry(char c)
    {
        var glyph = new Glyph();
        Glyph? mine = glyph;
        try
        {
            var kept = _glyphs.GetOrAdd(c, glyph);
            if (ReferenceEquals(kept, glyph))
            {
                mine = null;
            }

            return kept;
        }
        finally
        {
            mine?.Dispose();
        }
    }

    // lost only where two are as fast as each other
    public Glyph AfterLooking(char c) => _glyphs.TryGetValue(c, out var known) ? known : _glyphs.GetOrAdd(c, new Glyph());

    public void Dispose()
    {
        foreach (var glyph in _glyphs.Values)
        {
            glyph.Dispose();
        }

        _glyphs.Clear();
    }
}

internal static class Blocks
{
    private static readonly ConcurrentDictionary<int, nint> s_blocks = new();

    public static nint OfferedBad(int size) => s_blocks.GetOrAdd(size, Marshal.AllocHGlobal(size)); // bad: LIFE003|LIFE004

    public static nint Offered(int size)
    {
        var block = Marshal.AllocHGlobal(size);
        var kept = s_blocks.GetOrAdd(size, block);
        if (kept != block)
        {
            Marshal.FreeHGlobal(block);
        }

        return kept;
    }
}
