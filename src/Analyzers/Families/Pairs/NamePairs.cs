using System.Collections.Immutable;

namespace LifetimeAnalyzers.Families;

/// <summary>
/// Which functions of one library belong together, by their names alone: for each that gives, those that release what it
/// gives. Where the names leave a doubt there is no pair.
/// </summary>
internal static class NamePairs
{
    /// <summary>The pairs among functions of these readings, by position: of one that gives, and all that release it.</summary>
    public static IEnumerable<(int Giving, ImmutableArray<int> Releases, string Verb)> Among(IReadOnlyList<ImmutableArray<NameReading>> functions, NameReader reader)
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

        for (var i = 0; i < functions.Count; i++)
        {
            var found = functions[i].Where(reading => reading.Role == NameRole.Gives).Select(reading => (Releases: ReleasesFor(reading, byResource[reading.Resource], reader), reading.Verb)).Where(pair => !pair.Releases.IsEmpty).ToList();
            if (found.Count == 1)
            {
                yield return (i, found[0].Releases, found[0].Verb);
            }
        }
    }

    private static ImmutableArray<int> ReleasesFor(NameReading giving, List<(int Function, NameReading Reading)> sameResource, NameReader reader)
    {
        if (sameResource.Exists(other => other.Reading.Role == NameRole.Counts && other.Reading.Verb != giving.Verb))
        {
            return ImmutableArray<int>.Empty;
        }

        var verbs = reader.ReleasesOf(giving.Verb);
        var releases = sameResource.Where(other => other.Reading.Role == NameRole.Releases && verbs.Contains(other.Reading.Verb)).ToList();
        var present = releases.Select(release => release.Reading.Verb).Distinct().OrderBy(verb => verbs.IndexOf(verb)).ToList();
        if (present.Count > 1 && !IsEnd(present[0], present))
        {
            return ImmutableArray<int>.Empty;
        }

        return releases.Where(release => release.Reading.Verb == present[0]).Select(release => release.Function).ToImmutableArray();
    }

    /// <summary>Of several, one is the end: something is closed, or cleaned up, and freed after that.</summary>
    private static bool IsEnd(string best, List<string> present) =>
        present.Count == 2 && (best == "close" || present[1] is "close" or "cleanup" or "term" or "finish" or "finalize");
}
