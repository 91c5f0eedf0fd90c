using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LifetimeAnalyzers.Fuzz.Tests;

/// <summary>Makes the unfinished texts that an editor holds while somebody types.</summary>
public static class Mutations
{
    /// <summary>The text up to a token, for each of some tokens.</summary>
    /// <param name="text">A whole source.</param>
    /// <param name="count">How many prefixes; all when it has fewer tokens.</param>
    /// <param name="random">Chooses the tokens.</param>
    public static IEnumerable<string> Prefixes(string text, int count, Random random) =>
        Choose(Tokens(text), count, random).Select(token => text[..token.Start]);

    /// <summary>The text without a run of one to three tokens, for each of some tokens.</summary>
    /// <inheritdoc cref="Prefixes"/>
    public static IEnumerable<string> Deletions(string text, int count, Random random)
    {
        TextSpan[] tokens = Tokens(text);
        foreach (int index in Choose([.. Enumerable.Range(0, tokens.Length)], count, random))
        {
            int last = Math.Min(tokens.Length - 1, index + random.Next(3));
            yield return text.Remove(tokens[index].Start, tokens[last].End - tokens[index].Start);
        }
    }

    /// <summary>The text with two tokens exchanged, for each of some pairs.</summary>
    /// <inheritdoc cref="Prefixes"/>
    public static IEnumerable<string> Exchanges(string text, int count, Random random)
    {
        TextSpan[] tokens = Tokens(text);
        for (int i = 0; i < count && tokens.Length > 1; i++)
        {
            int one = random.Next(tokens.Length);
            int other = random.Next(tokens.Length);
            (TextSpan first, TextSpan second) = one < other ? (tokens[one], tokens[other]) : (tokens[other], tokens[one]);
            if (one != other)
            {
                yield return string.Concat(
                    text.AsSpan(0, first.Start),
                    text.AsSpan(second.Start, second.Length),
                    text.AsSpan(first.End, second.Start - first.End),
                    string.Concat(text.AsSpan(first.Start, first.Length), text.AsSpan(second.End)));
            }
        }
    }

    private static TextSpan[] Tokens(string text) =>
        [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0).Select(token => token.Span)];

    private static T[] Choose<T>(T[] all, int count, Random random)
    {
        if (all.Length <= count)
        {
            return all;
        }

        random.Shuffle(all);
        return all[..count];
    }
}
