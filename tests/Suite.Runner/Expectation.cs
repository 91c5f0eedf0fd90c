using System.Collections.Immutable;

namespace LifetimeAnalyzers.Suite;

/// <summary>One report that a case asks for: any of the ids, in the marked declaration or in one of the functions it names.</summary>
/// <param name="Ids">The accepted rule ids; the first is the one that fits best.</param>
/// <param name="AlsoIn">The names of other functions of the same file in which the report is accepted as well.</param>
public sealed record Expectation(ImmutableArray<string> Ids, ImmutableArray<string> AlsoIn)
{
    private const string Opening = "bad:";
    private const string AlsoOpening = "(or in ";

    /// <summary>The id that fits best.</summary>
    public string Primary => Ids[0];

    /// <summary>Whether the report that is asked for is only information by default.</summary>
    public bool IsInformation => Primary is "LIFE005" or "LIFE014" or "LIFE015" or "LIFE016";

    /// <summary>
    /// Reads the expectations of a comment such as <c>// bad: LIFE003|LIFE004, LIFE006 (or in Release, Close)</c>.
    /// </summary>
    /// <param name="comment">The whole comment with its slashes.</param>
    /// <returns>Nothing when the comment is no mark.</returns>
    /// <exception cref="FormatException">The comment begins like a mark and cannot be read.</exception>
    public static ImmutableArray<Expectation> Read(string comment)
    {
        string text = comment.TrimStart('/').Trim();
        if (!text.StartsWith(Opening, StringComparison.Ordinal))
        {
            return [];
        }

        text = text[Opening.Length..];
        ImmutableArray<string> alsoIn = [];
        int also = text.IndexOf(AlsoOpening, StringComparison.Ordinal);
        if (also >= 0)
        {
            int end = text.IndexOf(')', also);
            alsoIn = [.. Words(text[(also + AlsoOpening.Length)..(end < 0 ? text.Length : end)])];
            text = text[..also];
        }

        // What follows a dash is said to the reader.
        int remark = text.IndexOf(" - ", StringComparison.Ordinal);
        text = remark < 0 ? text : text[..remark];
        ImmutableArray<Expectation> expectations =
            [.. Words(text).Select(word => new Expectation([.. word.Split('|')], alsoIn))];
        bool isReadable = expectations.Length > 0 && expectations.All(one => one.Ids.All(IsId));
        return isReadable ? expectations : throw new FormatException($"The mark '{comment}' cannot be read.");
    }

    private static string[] Words(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsId(string word) =>
        word.Length == 7 && word.StartsWith("LIFE", StringComparison.Ordinal) && word[4..].All(char.IsAsciiDigit);
}
