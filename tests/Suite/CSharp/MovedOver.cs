// weakness: CWE-401, CWE-762
// construct: fields that others move into, objects of factories, functions chosen as a pair, nodes that say where they lie
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.MovedOver;

internal sealed unsafe class Owned : IDisposable
{
    private byte* _data;

    private Owned(byte* data, int length)
    {
        _data = data;
        Length = length;
    }

    public int Length { get; }

    public static Owned Allocate(int length) => new((byte*)NativeMemory.AllocZeroed((nuint)length), length);

    public void Dispose()
    {
        NativeMemory.Free(_data);
        _data = null;
    }
}

internal sealed class KeepsMade
{
    private readonly Owned _owned = Owned.Allocate(3); // bad: LIFE013

    public int Length => _owned.Length;
}

internal sealed class KeepsMadeLazily
{
    private Owned? _owned;

    public int Length => (_owned ??= Owned.Allocate(3)).Length; // bad: LIFE013
}

internal sealed class Stages : IDisposable
{
    private nint _draft;
    private nint _final;

    public void Write(int n)
    {
        Marshal.FreeHGlobal(_draft);
        _draft = Marshal.AllocHGlobal(n);
    }

    public void Commit() // bad: LIFE013
    {
        if (_draft == 0)
        {
            return;
        }

        _final = _draft;
        _draft = 0;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_draft);
        Marshal.FreeHGlobal(_final);
    }
}

internal sealed class StagesOfObjects : IDisposable
{
    private Owned? _draft;
    private Owned? _final;

    public void Write(int n)
    {
        _draft?.Dispose();
        _draft = Owned.Allocate(n);
    }

    public void Commit() // bad: LIFE013
    {
        if (_draft is null)
        {
            return;
        }

        _final = _draft;
        _draft = null;
    }

    public void Dispose()
    {
        _draft?.Dispose();
        _final?.Dispose();
    }
}

internal sealed class StagesOfObjectsGood : IDisposable
{
    private Owned? _draft;
    private Owned? _final;

    public void Write(int n)
    {
        _draft?.Dispose();
        _draft = Owned.Allocate(n);
    }

    public void Commit()
    {
        if (_draft is null)
        {
            return;
        }

        _final?.Dispose();
        _final = _draft;
        _draft = null;
    }

    public void Dispose()
    {
        _draft?.Dispose();
        _final?.Dispose();
    }
}

internal sealed class StagesGood : IDisposable
{
    private nint _draft;
    private nint _final;

    public void Write(int n)
    {
        Marshal.FreeHGlobal(_draft);
        _draft = Marshal.AllocHGlobal(n);
    }

    public void Commit()
    {
        if (_draft == 0)
        {
            return;
        }

        Marshal.FreeHGlobal(_final);
        _final = _draft;
        _draft = 0;
    }

    public void Swap() => (_draft, _final) = (_final, _draft);

    public void CommitOnce()
    {
        if (_final == 0)
        {
            _final = _draft;
            _draft = 0;
        }
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_draft);
        Marshal.FreeHGlobal(_final);
    }
}

internal sealed class PartialPackets : IDisposable
{
    private readonly Dictionary<int, Owned> _partial = new();

    public Owned? Feed(int id, int total, bool isLast)
    {
        if (!_partial.TryGetValue(id, out Owned? packet))
        {
            packet = Owned.Allocate(total);
            _partial.Add(id, packet);
        }

        if (!isLast)
        {
            return null;
        }

        _partial.Remove(id);
        return packet;
    }

    public void Dispose()
    {
        foreach (Owned packet in _partial.Values)
        {
            packet.Dispose();
        }

        _partial.Clear();
    }
}

internal sealed unsafe class RecentlyUsed : IDisposable
{
    private struct Node
    {
        public Node* Newer;
        public Node* Older;
    }

    private Node* _newest;
    private Node* _oldest;

    public void Add()
    {
        Node* node = (Node*)NativeMemory.AllocZeroed((nuint)sizeof(Node));
        node->Older = _newest;
        if (_newest != null)
        {
            _newest->Newer = node;
        }

        _newest = node;
        if (_oldest == null)
        {
            _oldest = node;
        }
    }

    public void Dispose()
    {
        while (_oldest != null)
        {
            Evict();
        }
    }

    private void Evict()
    {
        Node* victim = _oldest;
        Unlink(victim);
        NativeMemory.Free(victim);
    }

    private void Unlink(Node* node)
    {
        if (node->Newer != null)
        {
            node->Newer->Older = node->Older;
        }
        else
        {
            _newest = node->Older;
        }

        if (node->Older != null)
        {
            node->Older->Newer = node->Newer;
        }
        else
        {
            _oldest = node->Newer;
        }
    }
}

internal static unsafe class MovedOver
{
    public static int Lost(int n) // bad: LIFE003
    {
        Owned owned = Owned.Allocate(n);
        return owned.Length;
    }

    public static int Good(int n)
    {
        using Owned owned = Owned.Allocate(n);
        return owned.Length;
    }

    public static void ChosenAsPairGood(bool native, int n)
    {
        (Func<int, nint> allocate, Action<nint> free) = native
            ? ((Func<int, nint>)(s => (nint)NativeMemory.Alloc((nuint)s)), (Action<nint>)(p => NativeMemory.Free((void*)p)))
            : (Marshal.AllocHGlobal, Marshal.FreeHGlobal);
        nint block = allocate(n);
        free(block);
    }

    public static void ChosenApartGood(bool native, int n)
    {
        Func<int, nint> allocate = native ? s => (nint)NativeMemory.Alloc((nuint)s) : Marshal.AllocHGlobal;
        Action<nint> free = native ? p => NativeMemory.Free((void*)p) : Marshal.FreeHGlobal;
        nint block = allocate(n);
        free(block);
    }

    public static void ChosenCrosswise(bool native, int n) // bad: LIFE008
    {
        Func<int, nint> allocate = native ? s => (nint)NativeMemory.Alloc((nuint)s) : Marshal.AllocHGlobal;
        Action<nint> free = native ? Marshal.FreeHGlobal : p => NativeMemory.Free((void*)p);
        nint block = allocate(n);
        free(block);
    }

    public static int FilledByPointer(delegate* unmanaged<byte*, nuint, int> fill) // bad: LIFE004
    {
        byte* block = (byte*)NativeMemory.Alloc(64);
        if (fill(block, 64) < 0)
        {
            return -1;
        }

        int first = block[0];
        NativeMemory.Free(block);
        return first;
    }

    public static int FilledByPointerGood(delegate* unmanaged<byte*, nuint, int> fill)
    {
        byte* block = (byte*)NativeMemory.Alloc(64);
        int first = fill(block, 64) < 0 ? -1 : block[0];
        NativeMemory.Free(block);
        return first;
    }

    public static void FreedByPointerGood(delegate* unmanaged<byte*, void> free)
    {
        byte* block = (byte*)NativeMemory.Alloc(64);
        block[0] = 1;
        free(block);
    }

    public static void ChosenByReferenceGood(bool isSecond, int n)
    {
        nint first = 0;
        nint second = 0;
        ref nint slot = ref isSecond ? ref second : ref first;
        slot = Marshal.AllocHGlobal(n);
        Marshal.FreeHGlobal(first);
        Marshal.FreeHGlobal(second);
    }
}
