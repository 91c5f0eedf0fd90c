using System.Collections.Immutable;

namespace LifetimeAnalyzers.Families;

/// <summary>
/// Which functions of one library belong together, by their names alone: for each that gives, those that release what it
/// gives. Where the names leave a doubt there is no pair.
/// </summary>
internal static class NamePairs
{
    /// <summary>A function that gives, and those that release what it gives.</summary>
    /// <param name="Giving">The position of the one that gives.</param>
    /// <param name="Releases">Those that release it.</param>
    /// <param name="Verb">The word by which it says that it gives.</param>
    /// <param name="Counting">Those by which somebody else may hold it as well; null when nobody can.</param>
    public readonly record struct Pair(int Giving, ImmutableArray<int> Releases, string Verb, ImmutableArray<int>? Counting);

    /// <summary>The pairs among functions of these readings, by position.</summary>
    public static IEnumerable<Pair> Among(IReadOnlyList<ImmutableArray<NameReading>> functions, NameReader reader)
    {
        var byResource = new Dictionary<string, List<(int Function, NameReading Reading)>>(StringComparer.Ordinal);
        for (var i = 0; i < functions.Count; i++)
        {
            foreach (var reading in functions[i])
            {
                if (!byResource.TryGetValue(reading.Resource, out var list))
                {
                    byResource.Add(reading.Resource, list = []);
                }

                list.Add((i, reading));
            }
        }

        var kinds = new Kinds(byResource);
        for (var i = 0; i < functions.Count; i++)
        {
            var found = functions[i].Where(reading => reading.Role == NameRole.Gives).Select(reading => PairOf(i, reading, byResource[reading.Resource], reader)).Where(static pair => !pair.Releases.IsDefaultOrEmpty).ToList();
            if (found.Count == 0)
            {
                found = functions[i].Where(reading => reading.Role == NameRole.Gives && kinds.Of(reading) is not null).Select(reading => PairOf(i, reading, byResource[kinds.Of(reading)!], reader)).Where(static pair => !pair.Releases.IsDefaultOrEmpty).ToList();
            }

            if (found.Count == 1)
            {
                yield return found[0];
            }
        }
    }

    private static Pair PairOf(int giving, NameReading reading, List<(int Function, NameReading Reading)> sameResource, NameReader reader)
    {
        var counting = sameResource.Where(other => other.Reading.Role == NameRole.Counts && other.Reading.Verb != reading.Verb).ToList();
        var verbs = reader.ReleasesOf(reading.Verb);
        var releases = sameResource.Where(other => other.Reading.Role == NameRole.Releases && verbs.Contains(other.Reading.Verb)).ToList();
        if (reading.Verb != "open" && releases.Exists(static release => release.Reading.Verb != "close") && sameResource.Exists(static other => other.Reading is { Role: NameRole.Gives, Verb: "open" }))
        {
            // usb_init and usb_exit, beside usb_open and usb_close
            releases.RemoveAll(static release => release.Reading.Verb == "close");
        }

        var present = releases.Select(release => release.Reading.Verb).Distinct().OrderBy(verb => verbs.IndexOf(verb)).ToList();
        if (present.Count == 0 || (present.Count > 1 && !present.TrueForAll(IsOutcome) && (present.Exists(IsOutcome) || !IsEnd(present[0], present))))
        {
            return default;
        }

        if (IsOutcome(present[0]))
        {
            // what is begun ends in one of several ways, each of which is the end: commit and abort
            present = present.FindAll(IsOutcome);
            return present.Count == 1 ? default : new(giving, releases.Where(release => present.Contains(release.Reading.Verb)).OrderBy(release => present.IndexOf(release.Reading.Verb)).Select(static release => release.Function).ToImmutableArray(), reading.Verb, null);
        }

        var isCounted = counting.Count > 0 || reader.IsOneOfSeveral(present[0]);
        return sameResource.Exists(static other => other.Reading.Role == NameRole.Resizes) ? default
            : new(giving, releases.Where(release => release.Reading.Verb == present[0]).Select(release => release.Function).ToImmutableArray(), reading.Verb, isCounted ? counting.Select(static other => other.Function).ToImmutableArray() : null);
    }

    private static bool IsOutcome(string verb) => verb is "abort" or "rollback" or "discard" or "commit";

    /// <summary>Of several, one is the end: something is closed, or cleaned up, and freed after that.</summary>
    private static bool IsEnd(string best, List<string> present) =>
        present.Count == 2 && (best == "close" || present[1] is "close" or "cleanup" or "term" or "finish" or "finalize" or "exit" or "shutdown" or "quit");

    /// <summary>What things are one kind of: a <c>cairo image surface</c> is a <c>cairo surface</c>, and released like every other one.</summary>
    private sealed class Kinds(Dictionary<string, List<(int Function, NameReading Reading)>> byResource)
    {
        private Dictionary<(string First, string Last), List<string[]>>? _released;

        /// <summary>The kind, when it is the only one that can be meant, and there is something that releases it.</summary>
        public string? Of(NameReading giving)
        {
            var words = giving.Resource.Split(' ');
            if (words.Length < 3)
            {
                return null;
            }

            _released ??= Released();
            var kinds = _released.TryGetValue((words[0], words[words.Length - 1]), out var all) ? all.FindAll(kind => kind.Length < words.Length && IsWithin(kind, words)) : [];
            return kinds.Count == 1 ? string.Join(" ", kinds[0]) : null;
        }

        private Dictionary<(string First, string Last), List<string[]>> Released()
        {
            var released = new Dictionary<(string, string), List<string[]>>();
            foreach (var resource in byResource)
            {
                if (resource.Value.Exists(static function => function.Reading.Role == NameRole.Releases) && resource.Key.Split(' ') is { Length: >= 2 } words)
                {
                    var ends = (words[0], words[words.Length - 1]);
                    if (!released.TryGetValue(ends, out var list))
                    {
                        released.Add(ends, list = []);
                    }

                    list.Add(words);
                }
            }

            return released;
        }

        private static bool IsWithin(string[] kind, string[] words)
        {
            var found = 0;
            foreach (var word in words)
            {
                found += found < kind.Length && kind[found] == word ? 1 : 0;
            }

            return found == kind.Length;
        }
    }
}
