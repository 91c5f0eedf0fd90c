using System.Collections.Immutable;

namespace LifetimeAnalyzers.Families;

/// <summary>
/// Functions that say by the name of an <c>out</c> parameter, and not by a verb, what they give: <c>git_commit_tree(out tree, commit)</c>
/// gives what <c>git_tree_free</c> releases. Where the names leave a doubt there is no pair.
/// </summary>
internal static class OutPairs
{
    /// <summary>Words of functions that show what somebody else has.</summary>
    private static readonly string[] s_borrowing = ["next", "current", "peek", "first", "last", "root", "owner", "parent", "default", "static", "shared", "borrow", "borrowed", "internal", "self", "active", "main", "at", "item", "byindex", "begin", "end", "prev", "previous"];

    /// <summary>Words of functions that give what they say, and no more than that.</summary>
    private static readonly string[] s_asking = ["get", "lookup", "query", "fetch", "find", "retrieve", "read", "receive", "recv"];

    /// <summary>Names that any parameter can have.</summary>
    private static readonly string[] s_anything = ["p", "ptr", "pointer", "handle", "h", "hnd", "obj", "object", "self", "instance", "ctx", "context", "data", "this", "thing", "res", "ret"];

    /// <summary>A function, by its name and by the names of the pointers that it takes and gives.</summary>
    /// <param name="Name">The function.</param>
    /// <param name="Readings">The ways to read the name.</param>
    /// <param name="Pointers">The pointers.</param>
    public readonly record struct Function(string Name, ImmutableArray<NameReading> Readings, ImportedPointers Pointers);

    /// <summary>The pairs among the functions: who gives, and who releases, by position.</summary>
    /// <param name="functions">All functions of one library.</param>
    /// <param name="given">The functions that <see cref="NamePairs"/> has found releases of: what these release is known.</param>
    public static IEnumerable<NamePairs.Pair> Among(IReadOnlyList<Function> functions, ISet<int> given)
    {
        List<Release>? releases = null;
        for (var i = 0; i < functions.Count; i++)
        {
            var function = functions[i];
            if (function.Pointers is not { Out: { } name, AsResult: false } || function.Readings.Any(static reading => reading.Role != NameRole.Gives))
            {
                continue;
            }

            releases ??= ReleasesAmong(functions, given);
            var words = NameReader.WordsOf(function.Name);
            if (releases.Count == 0 || words.Exists(s_borrowing.Contains))
            {
                continue;
            }

            var thing = Thing(name);
            var found = releases.FindAll(release => IsFor(release, words, thing, function.Pointers, given));
            if (found.Count > 0 && found.TrueForAll(release => release.Reading == found[0].Reading))
            {
                yield return new(i, found.Select(static release => release.Index).ToImmutableArray(), "", Counting: null);
            }
        }
    }

    /// <summary>A function that releases.</summary>
    private readonly record struct Release(int Index, NameReading Reading, List<string> Resource, string Parameter, List<string> Thing);

    private static List<Release> ReleasesAmong(IReadOnlyList<Function> functions, ISet<int> given)
    {
        var releases = new List<Release>();
        for (var i = 0; i < functions.Count; i++)
        {
            if (functions[i] is { Pointers: { First: { } parameter, Outs: 0, AsResult: false }, Readings: { Length: 1 } readings } && readings[0] is { Role: NameRole.Releases, Resource.Length: > 0, Verb: "free" or "destroy" or "delete" or "release" or "dispose" or "close" or "drop" } reading)
            {
                releases.Add(new(i, reading, reading.Resource.Split(' ').ToList(), parameter, Thing(parameter)));
            }
        }

        // what two release is released by neither for certain; what is resized or counted is another matter as well
        return releases.FindAll(release =>
            releases.TrueForAll(other => other.Reading.Resource != release.Reading.Resource || other.Reading.Verb == release.Reading.Verb || (given.Contains(other.Index) && !given.Contains(release.Index))) &&
            !functions.Any(function => function.Readings.Any(reading => reading.Role is NameRole.Counts or NameRole.Resizes && reading.Resource == release.Reading.Resource)));
    }

    private static bool IsFor(Release release, List<string> words, List<string> thing, ImportedPointers pointers, ISet<int> given)
    {
        if (pointers.First is { } input && (input == release.Parameter || Thing(input).SequenceEqual(thing)) && !s_anything.Contains(input))
        {
            // it shows another one of the same kind
            return false;
        }

        var resource = release.Resource;
        var leading = resource.Count - thing.Count;
        if (thing.Count > 0 && leading > 0 && Begins(words, resource, leading) && resource.Skip(leading).SequenceEqual(thing))
        {
            // git_commit_tree(out tree), git_tree_free; where others are made by name, it may show one of them
            return !given.Contains(release.Index) || Begins(words, resource, resource.Count);
        }

        if (resource.Count > 1 && resource.SequenceEqual(words.Where(static word => !s_asking.Contains(word))))
        {
            // usb_get_device_list(out list), usb_free_device_list; kv_iter(out iterator), kv_iter_close;
            // but opt_free(obj) frees what obj has, of which opt_get(obj, out value) shows one
            return pointers.First != release.Parameter || thing.SequenceEqual(release.Thing);
        }

        // kv_get(store, key, out value), kv_free(value)
        return thing.Count > 0 && words.Count > resource.Count && Begins(words, resource, resource.Count) && thing.SequenceEqual(release.Thing) && !given.Contains(release.Index) && !s_anything.Contains(string.Join(" ", thing));
    }

    private static bool Begins(List<string> words, List<string> with, int count) =>
        words.Count >= count && words.Take(count).SequenceEqual(with.Take(count));

    /// <summary>What a parameter is for, without what says how it is handed: <c>ppTree</c>, <c>out_tree</c>.</summary>
    private static List<string> Thing(string parameter)
    {
        var words = NameReader.WordsOf(parameter);
        words.RemoveAll(static word => word is "p" or "pp" or "out" or "ptr" or "new" or "handle" or "h");
        return words;
    }
}
