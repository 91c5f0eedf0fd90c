// weakness: CWE-762
// construct: collections in fields whose elements are released by another function
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.ReleasedFromTables;

internal sealed class Labels : IDisposable
{
    private readonly List<nint> _labels = new();

    public void Add(string label) => _labels.Add(Marshal.StringToHGlobalUni(label));

    public void Dispose() // bad: LIFE008
    {
        foreach (var label in _labels)
        {
            Marshal.FreeCoTaskMem(label);
        }

        _labels.Clear();
    }
}

internal sealed class Titles : IDisposable
{
    private readonly Dictionary<int, nint> _titles = new();

    public void Add(int number, string title) => _titles.Add(number, Marshal.StringToCoTaskMemUTF8(title));

    public void Dispose() // bad: LIFE008
    {
        foreach (var title in _titles.Values)
        {
            Marshal.FreeHGlobal(title);
        }

        _titles.Clear();
    }
}

internal sealed class Pending : IDisposable
{
    private readonly Queue<nint> _pending = new();

    public void Add(string text) => _pending.Enqueue(Marshal.StringToHGlobalUni(text));

    public void DrainBad() // bad: LIFE008
    {
        while (_pending.TryDequeue(out var text))
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    public void Dispose()
    {
        while (_pending.TryDequeue(out var text))
        {
            Marshal.FreeHGlobal(text);
        }
    }
}

// what the caller brings may have come from anywhere
internal sealed class Mixed : IDisposable
{
    private readonly List<nint> _texts = new();

    public void Add(string text) => _texts.Add(Marshal.StringToHGlobalUni(text));

    public void Add(nint text) => _texts.Add(text);

    public void Dispose()
    {
        foreach (var text in _texts)
        {
            Marshal.FreeCoTaskMem(text);
        }

        _texts.Clear();
    }
}
