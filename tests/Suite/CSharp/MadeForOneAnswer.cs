// weakness: CWE-401
// construct: objects that a query makes of each element, and that are only asked for a number

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace Suite.MadeForOneAnswer;

public sealed class Text : IDisposable
{
    private nint _start;

    public Text(string text)
    {
        Length = text.Length;
        _start = Marshal.StringToHGlobalUni(text);
    }

    public int Length { get; }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_start);
        _start = 0;
    }
}

public sealed class Texts : IDisposable
{
    private readonly List<Text> _texts = new();

    public Text Keep(Text text)
    {
        _texts.Add(text);
        return text;
    }

    public void Dispose() => _texts.ForEach(static text => text.Dispose());
}

public static class Answers
{
    private static readonly Dictionary<string, Text> s_known = new();

    private static Text Known(string name)
    {
        if (!s_known.TryGetValue(name, out var text))
        {
            s_known[name] = text = new Text(name);
        }

        return text;
    }

    private static int Measured(Text text)
    {
        var length = text.Length;
        text.Dispose();
        return length;
    }

    private static IEnumerable<Text> Lent(string[] names)
    {
        foreach (var name in names)
        {
            using var text = new Text(name);
            yield return text;
        }
    }

    public static int Total(string[] names) => names.Select(static name => new Text(name)).Sum(static text => text.Length); // bad: LIFE003

    public static bool AnyLong(string[] names) => names.Select(static name => new Text(name)).Any(static text => text.Length > 10); // bad: LIFE003

    public static int Longest(string[] names) // bad: LIFE003
    {
        var texts = names.Where(static name => name.Length > 0).Select(static name => new Text(name));
        return texts.Max(static text => text.Length);
    }

    public static int TotalOfList(string[] names) // good
    {
        var texts = names.Select(static name => new Text(name)).ToList();
        var total = texts.Sum(static text => text.Length);
        texts.ForEach(static text => text.Dispose());
        return total;
    }

    public static int TotalMeasured(string[] names) => names.Select(static name => new Text(name)).Sum(Measured); // good

    public static int TotalDisposed(string[] names) => names.Select(static name => new Text(name)).Sum(static text => // good
    {
        using (text)
        {
            return text.Length;
        }
    });

    public static int TotalKnown(string[] names) => names.Select(Known).Sum(static text => text.Length); // good

    public static int TotalLent(string[] names) => Lent(names).Sum(static text => text.Length); // good

    public static int TotalKept(string[] names) // good
    {
        using var texts = new Texts();
        return names.Select(name => texts.Keep(new Text(name))).Sum(static text => text.Length);
    }

    public static int TotalOfOthers(Text[] texts) => texts.Select(static text => text).Sum(static text => text.Length); // good
}
