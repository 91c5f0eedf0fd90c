// weakness: CWE-401 CWE-415
// construct: texts, exceptions and objects that are known not to be null, and bools that say so
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.KnownNotNull;

internal sealed class Entry
{
    public int Size { get; set; }

    public string Name { get; set; } = "";
}

internal sealed class Texts
{
    private string? _problem;

    public static int InterpolatedGood(int size)
    {
        string? why = null;
        nint block = Marshal.AllocHGlobal(16);
        if (size > 16)
        {
            Marshal.FreeHGlobal(block);
            why = $"{size} is too much";
        }

        if (why != null)
        {
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return size;
    }

    public static int JoinedInLoopGood(int[] sizes)
    {
        string? why = null;
        nint block = Marshal.AllocHGlobal(16);
        foreach (int size in sizes)
        {
            if (size > 16)
            {
                Marshal.FreeHGlobal(block);
                why = "too much: " + size;
                break;
            }
        }

        if (why is not null)
        {
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return 0;
    }

    public static int FormattedGood(int size)
    {
        string? why = null;
        nint block = Marshal.AllocHGlobal(16);
        if (size > 16)
        {
            Marshal.FreeHGlobal(block);
            why = string.Format("{0} is too much", size);
        }

        if (why == null)
        {
            Marshal.FreeHGlobal(block);
        }

        return size;
    }

    public int InFieldGood(int size)
    {
        _problem = null;
        nint block = Marshal.AllocHGlobal(16);
        if (size > 16)
        {
            Marshal.FreeHGlobal(block);
            _problem = $"{size} is too much";
        }

        if (_problem != null)
        {
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return size;
    }

    public static int WrongWayRound(int size) // bad: LIFE004
    {
        string? why = null;
        nint block = Marshal.AllocHGlobal(16);
        if (size > 16)
        {
            why = $"{size} is too much";
        }

        if (why != null)
        {
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return size;
    }

    public static int ReleasedTwice(int size) // bad: LIFE006
    {
        string? why = null;
        nint block = Marshal.AllocHGlobal(16);
        if (size > 16)
        {
            Marshal.FreeHGlobal(block);
            why = "too much: " + size;
        }

        Marshal.FreeHGlobal(block);
        return why is null ? 0 : -1;
    }
}

internal static class Exceptions
{
    public static int CaughtGood(string text)
    {
        Exception? error = null;
        nint block = Marshal.AllocHGlobal(4);
        try
        {
            Marshal.WriteInt32(block, int.Parse(text));
        }
        catch (FormatException e)
        {
            Marshal.FreeHGlobal(block);
            error = e;
        }
        catch (OverflowException e)
        {
            Marshal.FreeHGlobal(block);
            error = e;
        }

        if (error != null)
        {
            return -1;
        }

        int value = Marshal.ReadInt32(block);
        Marshal.FreeHGlobal(block);
        return value;
    }

    public static int MessageGood(string text)
    {
        string? error = null;
        nint block = Marshal.AllocHGlobal(4);
        try
        {
            Marshal.WriteInt32(block, int.Parse(text));
        }
        catch (Exception e)
        {
            Marshal.FreeHGlobal(block);
            error = e.Message;
        }

        if (error != null)
        {
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return 0;
    }

    public static int CaughtAndKept(string text) // bad: LIFE004
    {
        Exception? error = null;
        nint block = Marshal.AllocHGlobal(4);
        try
        {
            Marshal.WriteInt32(block, int.Parse(text));
        }
        catch (FormatException e)
        {
            error = e;
        }

        if (error != null)
        {
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return 0;
    }
}

internal sealed class Objects
{
    private Entry? _last;

    public static int UsedBeforeGood(Entry[] entries)
    {
        Entry? hit = null;
        nint block = 0;
        foreach (Entry entry in entries)
        {
            if (entry.Size > 8)
            {
                block = Marshal.AllocHGlobal(entry.Size);
                hit = entry;
                break;
            }
        }

        if (hit == null)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return hit.Size;
    }

    public static int LargestGood(Entry[] entries)
    {
        Entry? best = null;
        nint block = 0;
        foreach (Entry entry in entries)
        {
            if (best != null && entry.Size <= best.Size)
            {
                continue;
            }

            if (best != null)
            {
                Marshal.FreeHGlobal(block);
            }

            block = Marshal.AllocHGlobal(entry.Size);
            best = entry;
        }

        if (best != null)
        {
            Marshal.FreeHGlobal(block);
        }

        return entries.Length;
    }

    public static int LargestReplaced(Entry[] entries) // bad: LIFE004
    {
        Entry? best = null;
        nint block = 0;
        foreach (Entry entry in entries)
        {
            if (best != null && entry.Size <= best.Size)
            {
                continue;
            }

            block = Marshal.AllocHGlobal(entry.Size);
            best = entry;
        }

        if (best != null)
        {
            Marshal.FreeHGlobal(block);
        }

        return entries.Length;
    }

    public int InFieldGood(Entry entry)
    {
        _last = null;
        nint block = 0;
        if (entry.Size > 8)
        {
            block = Marshal.AllocHGlobal(8);
            _last = entry;
        }

        if (_last == null)
        {
            return -1;
        }

        Marshal.FreeHGlobal(block);
        return 0;
    }

    public static int GuardedGood(Entry entry, int size)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Entry? hit = null;
        nint block = 0;
        if (size > 0)
        {
            block = Marshal.AllocHGlobal(size);
            hit = entry;
        }

        if (hit == null)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return 1;
    }

    public static int OwnGuardGood(Entry entry, int size)
    {
        Check(entry);
        Entry? hit = null;
        nint block = 0;
        if (size > 0)
        {
            block = Marshal.AllocHGlobal(size);
            hit = entry;
        }

        if (hit == null)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return 1;
    }

    public static int PerhapsNothing(Entry? entry, int size) // bad: LIFE004
    {
        Entry? hit = null;
        nint block = 0;
        if (size > 0)
        {
            block = Marshal.AllocHGlobal(size);
            hit = entry;
        }

        if (hit == null)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return 1;
    }

    public static int NamesGood(string?[] names)
    {
        nint block = 0;
        string? last = null;
        foreach (string? name in names)
        {
            if (name == null)
            {
                continue;
            }

            if (name != last)
            {
                if (last != null)
                {
                    Marshal.FreeHGlobal(block);
                }

                block = Marshal.StringToHGlobalAnsi(name);
                last = name;
            }

            Marshal.WriteByte(block, 1);
        }

        if (last != null)
        {
            Marshal.FreeHGlobal(block);
        }

        return names.Length;
    }

    private static void Check(Entry? entry)
    {
        if (entry == null)
        {
            throw new ArgumentNullException(nameof(entry));
        }
    }
}

internal static class Bools
{
    public static void BothGood(bool wide, bool packed)
    {
        nint block = 0;
        bool copies = wide && !packed;
        if (copies)
        {
            block = Marshal.AllocHGlobal(2);
        }

        if (wide)
        {
            if (!packed)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static void OneOfBoth(bool wide, bool packed) // bad: LIFE004
    {
        nint block = 0;
        bool copies = wide || packed;
        if (copies)
        {
            block = Marshal.AllocHGlobal(2);
        }

        if (wide)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int FoundGood(Dictionary<int, Entry?> entries, int key)
    {
        nint block = 0;
        bool isThere = entries.TryGetValue(key, out Entry? entry) && entry != null;
        if (isThere)
        {
            block = Marshal.AllocHGlobal(key);
        }

        if (entry == null)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return entry.Size;
    }

    public static int FoundAndLarge(Dictionary<int, Entry?> entries, int key) // bad: LIFE004
    {
        nint block = 0;
        bool isThere = entries.TryGetValue(key, out Entry? entry) && entry != null;
        if (isThere)
        {
            block = Marshal.AllocHGlobal(key);
        }

        if (entry == null || entry.Size < 4)
        {
            return 0;
        }

        Marshal.FreeHGlobal(block);
        return entry.Size;
    }
}
