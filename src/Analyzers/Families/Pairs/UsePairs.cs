using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>Two imported functions that the source itself uses as a pair.</summary>
/// <param name="Type">The type that declares both.</param>
/// <param name="Giving">The name of the method that gives.</param>
/// <param name="Given">The parameter that gets it; negative for the result.</param>
/// <param name="Releasing">The name of the method that releases.</param>
/// <param name="Released">The parameter that is released.</param>
internal readonly record struct UsePair(string Type, string Giving, int Given, string Releasing, int Released);

/// <summary>
/// Which imported functions belong together by what the source does with them: what the one gives is handed to the other,
/// whose name says that it releases, by the same body or by the object that keeps it. Where anything contradicts that there is
/// no pair. By syntax alone.
/// </summary>
internal static class UsePairs
{
    /// <summary>Words of functions that mostly show what somebody else has: it takes more than one use to believe otherwise.</summary>
    private static readonly string[] s_showing = ["get", "peek", "find", "current", "default", "first", "last", "next", "prev", "root", "owner", "parent", "at", "item", "name", "shared", "main", "active"];

    /// <summary>Words of functions that count, or give another one for the one that they are handed.</summary>
    private static readonly string[] s_other = ["ref", "retain", "addref", "incref", "reference", "realloc", "reallocate", "resize", "append", "prepend", "remove", "next", "push", "pop", "cast"];

    /// <summary>The pairs in the order in which the functions are declared.</summary>
    public static List<UsePair> In(Compilation compilation, CancellationToken cancellationToken)
    {
        var set = ImportSet.Of(compilation, cancellationToken);
        if (set.Functions.IsEmpty)
        {
            return [];
        }

        var uses = compilation.SyntaxTrees.Select(tree => ImportUses.In(tree, set, cancellationToken)).Where(static tree => !tree.IsEmpty).ToList();
        var votes = new Dictionary<(GivenBy Given, HandedTo Ended), int>();
        foreach (var pair in uses.SelectMany(static tree => tree.Pairs))
        {
            Vote(pair.Given, pair.Ended);
        }

        var enders = uses.SelectMany(static tree => tree.Enders).Distinct().ToLookup(static ender => (ender.Method, ender.Parameter), static ender => ender.Ended);
        foreach (var (method, parameter, given) in uses.SelectMany(static tree => tree.HandedOn))
        {
            // two methods of one name that end different things cannot be told apart
            if (enders[(method, parameter)].Take(2).ToList() is { Count: 1 } sole)
            {
                Vote(given, sole[0]);
            }
        }

        var filled = uses.SelectMany(static tree => tree.Filled).ToLookup(static fill => fill.Type, StringComparer.Ordinal);
        var kept = uses.SelectMany(static tree => tree.Kept).ToLookup(static keep => keep.Type, StringComparer.Ordinal);
        var handed = uses.SelectMany(static tree => tree.Handed).ToLookup(static hand => hand.Type, StringComparer.Ordinal);
        var derived = uses.SelectMany(static tree => tree.Bases).ToLookup(static type => type.Base, static type => type.Type, StringComparer.Ordinal);
        var ended = uses.SelectMany(static tree => tree.Ended).Distinct().ToList();
        var unclear = new HashSet<string>(uses.SelectMany(static tree => tree.Paths).Distinct().GroupBy(static path => path.Type, StringComparer.Ordinal).Where(static type => type.Count() > 1).Select(static type => type.Key), StringComparer.Ordinal);
        foreach (var (type, field, end) in ended)
        {
            if (unclear.Contains(type))
            {
                continue;
            }

            var isSole = ended.TrueForAll(other => other.Type != type || other.Field == field);
            var given = derived[type].Concat([type]).Distinct().SelectMany(owner => filled[owner].Where(fill => field.Length == 0 ? isSole && owner == type : fill.Field == field || (fill.Field.Length == 0 && isSole && owner != type)).Select(static fill => fill.Given))
                .Concat(handed[type].Where(hand => kept[type].Any(keep => keep.Parameter == hand.Parameter && (keep.Field == field || (keep.Field.Length == 0 && isSole)))).Select(static hand => hand.Given));
            foreach (var from in given.Distinct())
            {
                Vote(from, end);
            }
        }

        var doubts = uses.SelectMany(static tree => tree.Doubts).ToLookup(static doubt => doubt.Function, static doubt => doubt.IsEndedAgain);
        var calls = uses.SelectMany(static tree => tree.Calls).GroupBy(static call => call.Key).ToDictionary(static call => call.Key, static call => call.Sum(static count => count.Value));
        var believed = votes.GroupBy(static vote => vote.Key.Ended.Function).ToDictionary(static end => end.Key, static end => end.Sum(static vote => vote.Value));
        return votes.Where(vote => IsPair(set, vote.Key.Given, vote.Key.Ended, vote.Value, calls, believed[vote.Key.Ended.Function], doubts[vote.Key.Ended.Function].ToList()))
            .Select(static vote => vote.Key).OrderBy(static pair => pair.Given.Function).ThenBy(static pair => pair.Given.Place).ThenBy(static pair => pair.Ended.Function).ThenBy(static pair => pair.Ended.Place)
            .Select(pair => new UsePair(set.Functions[pair.Given.Function].Type, set.Functions[pair.Given.Function].Name, pair.Given.Place, set.Functions[pair.Ended.Function].Name, pair.Ended.Place)).ToList();

        void Vote(GivenBy given, HandedTo end) => votes[(given, end)] = votes.TryGetValue((given, end), out var count) ? count + 1 : 1;
    }

    /// <summary><c>X509_get0_pubkey</c>: where the count of references is in the name, none means that the result is lent, whatever one caller does with it.</summary>
    private static bool IsLending(List<string> words) => words.IndexOf("get") is >= 0 and var at && at + 1 < words.Count && words[at + 1] == "0";

    private static bool IsPair(ImportSet set, GivenBy given, HandedTo ended, int votes, Dictionary<int, int> calls, int believed, List<bool> doubts)
    {
        var (giving, releasing) = (set.Functions[given.Function], set.Functions[ended.Function]);
        if (giving.Type != releasing.Type || doubts.Contains(true) || (set.StrengthOf(ended.Function) == EndStrength.Strong ? doubts.Count >= believed : doubts.Count * 3 > believed))
        {
            return false;
        }

        var words = NameReader.WordsOf(giving.EntryPoint);
        return !words.Exists(s_other.Contains) && !IsLending(words) && votes * (words.Exists(s_showing.Contains) ? 2 : 4) >= (calls.TryGetValue(given.Function, out var count) ? count : votes);
    }
}
