// weakness: CWE-401
// construct: a callee that keeps what it is handed on one of its ways only, and does not tell which
using System;
using System.Runtime.InteropServices;

namespace Cases.KeptOrDropped;

internal interface IBox
{
    void Put(nint block);
}

internal readonly struct Handle
{
    public readonly nint Block;

    public Handle(nint block) => Block = block;
}

internal sealed class Slots
{
    private readonly Handle[] _slots;
    private int _index;

    public Slots(int capacity)
    {
        _slots = new Handle[capacity];
        _index = capacity;
    }

    public Handle Take() => _index == _slots.Length ? new Handle(Marshal.AllocHGlobal(64)) : _slots[_index++];

    /// <summary>False when the slots are full, or too many come back.</summary>
    public bool Return(Handle handle)
    {
        lock (_slots)
        {
            if (_index == 0)
            {
                return false;
            }

            _slots[--_index] = handle;
        }

        return true;
    }

    public void Give(Handle handle)
    {
        if (_index == 0)
        {
            Marshal.FreeHGlobal(handle.Block);
            return;
        }

        _slots[--_index] = handle;
    }
}

internal static class Senders
{
    public static void KeptByBoxGood(IBox? box)
    {
        nint block = Marshal.AllocHGlobal(64);
        Marshal.WriteByte(block, 1);
        Hand(box, block);
    }

    public static void GivenToSlotsGood(Slots slots)
    {
        Handle handle = slots.Take();
        Marshal.WriteByte(handle.Block, 1);
        slots.Give(handle);
    }

    public static void ReturnedToSlotsGood(Slots slots)
    {
        Handle handle = slots.Take();
        Marshal.WriteByte(handle.Block, 1);
        slots.Return(handle);
    }

    public static void RefusedBad(IBox? box) // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(64);
        if (!TryHand(box, block))
        {
            Console.WriteLine("refused");
        }
    }

    public static void RefusedAndFreedGood(IBox? box)
    {
        nint block = Marshal.AllocHGlobal(64);
        if (!TryHand(box, block))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private static void Hand(IBox? box, nint block)
    {
        if (block == 0)
        {
            return;
        }

        box?.Put(block);
    }

    private static bool TryHand(IBox? box, nint block)
    {
        if (box is null)
        {
            return false;
        }

        box.Put(block);
        return true;
    }
}
