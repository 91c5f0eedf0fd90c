// weakness: CWE-401
// construct: what others have made is kept under a key, and some members release what they replace

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Suite.ReplacedKeys;

public sealed class Value : IDisposable
{
    private nint _start;

    public Value(int size) => _start = Marshal.AllocHGlobal(size);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_start);
        _start = 0;
    }
}

public sealed class Exchanged : IDisposable
{
    private readonly ConcurrentDictionary<string, Value> _values = new();

    public void Put(string key, Value value) // good
    {
        while (true)
        {
            if (_values.TryGetValue(key, out var former))
            {
                if (_values.TryUpdate(key, value, former))
                {
                    former.Dispose();
                    return;
                }
            }
            else if (_values.TryAdd(key, value))
            {
                return;
            }
        }
    }

    public void Set(string key, Value value) // bad: LIFE013
    {
        _values[key] = value;
    }

    public bool Evict(string key) // good
    {
        if (!_values.TryRemove(key, out var value))
        {
            return false;
        }

        value.Dispose();
        return true;
    }

    public void SetAnew(string key, Value value) // good
    {
        Evict(key);
        _values[key] = value;
    }

    public void SetOnce(string key, Value value) // good
    {
        if (_values.ContainsKey(key))
        {
            throw new InvalidOperationException(key);
        }

        _values[key] = value;
    }

    public void Dispose()
    {
        foreach (var value in _values.Values)
        {
            value.Dispose();
        }
    }
}

public sealed class Renewed : IDisposable
{
    private readonly Dictionary<string, Value> _values = new();

    public void Renew(string key, Value value) // good
    {
        if (_values.Remove(key, out var former))
        {
            former.Dispose();
        }

        _values.Add(key, value);
    }

    public void Change(string key, Value value) => _values[key] = value; // bad: LIFE013

    public void AddNew(string key, Value value) => _values[key] = value; // good

    public void Dispose()
    {
        foreach (var value in _values.Values)
        {
            value.Dispose();
        }
    }
}
