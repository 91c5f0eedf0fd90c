// weakness: CWE-401
// construct: arrays and collections of objects that own a block; handles that a helper frees by reference
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.ObjectTables;

internal sealed class Item : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public int Value => Marshal.ReadInt32(_block);

    public void Dispose()
    {
        if (_block != 0)
        {
            Marshal.FreeHGlobal(_block);
            _block = 0;
        }
    }
}

internal static class Filled
{
    public static void ArrayGood(int count)
    {
        var items = new Item[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = new Item();
        }

        foreach (Item item in items)
        {
            item.Dispose();
        }
    }

    public static void ArrayByIndexGood(int count)
    {
        var items = new Item[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = new Item();
        }

        for (int i = 0; i < count; i++)
        {
            items[i].Dispose();
        }
    }

    public static Item[] ArrayHandedOutGood(int count)
    {
        var items = new Item[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = new Item();
        }

        return items;
    }

    public static int ArrayOnlyReadBad(int count) // bad: LIFE003|LIFE004
    {
        var items = new Item[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = new Item();
        }

        int sum = 0;
        foreach (Item item in items)
        {
            sum += item.Value;
        }

        return sum;
    }

    public static int ListGood(int count)
    {
        var items = new List<Item>();
        try
        {
            for (int i = 0; i < count; i++)
            {
                items.Add(new Item());
            }

            int sum = 0;
            foreach (Item item in items)
            {
                sum += item.Value;
            }

            return sum;
        }
        finally
        {
            foreach (Item item in items)
            {
                item.Dispose();
            }
        }
    }

    public static int TwoOfListBad() // bad: LIFE003|LIFE004
    {
        var items = new List<Item> { new Item(), new Item() };
        int value = items[0].Value;
        items[1].Dispose();
        return value;
    }

    public static int TwoOfListGood()
    {
        var items = new List<Item> { new Item(), new Item() };
        int value = items[0].Value;
        items[1].Dispose();
        items[0].Dispose();
        return value;
    }

    public static void CalledByAnotherLambdaGood(int count)
    {
        var blocks = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            blocks.Add(Marshal.AllocHGlobal(8));
        }

        Action free = () => blocks.ForEach(Marshal.FreeHGlobal);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => free();
    }
}

internal static class ByReference
{
    private static void Free(ref GCHandle handle)
    {
        if (handle.IsAllocated)
        {
            handle.Free();
        }
    }

    public static void TwiceGood(object target)
    {
        GCHandle handle = GCHandle.Alloc(target);
        Free(ref handle);
        Free(ref handle);
    }

    public static void CopyBad(object target) // bad: LIFE006
    {
        GCHandle handle = GCHandle.Alloc(target);
        GCHandle copy = handle;
        Free(ref handle);
        Free(ref copy);
    }
}
