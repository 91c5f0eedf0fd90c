using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>Whether a method's name hints that it takes over or releases what it is handed.</summary>
internal static class TakeOverNames
{
    /// <summary>
    /// Whether <paramref name="method"/> fits one of <paramref name="words"/>: a constructor or setter always, a name in
    /// Pascal case by its first word (after <c>Try</c> or <c>Begin</c>), a name in snake case, as native libraries have
    /// them, by any word.
    /// </summary>
    public static bool Fits(IMethodSymbol method, ImmutableHashSet<string> words)
    {
        if (method.MethodKind is MethodKind.Constructor or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.DelegateInvoke)
        {
            return true;
        }

        var name = method.Name.Substring(method.Name.LastIndexOf('.') + 1);
        if (name.IndexOf('_') >= 0 || (name.Length > 0 && char.IsLower(name[0])))
        {
            return name.Split('_').Any(part => part.Length > 0 && FitsWord(char.ToUpperInvariant(part[0]) + part.Substring(1), words));
        }

        return FitsWord(name, words);
    }

    private static bool FitsWord(string name, ImmutableHashSet<string> words)
    {
        var first = FirstWord(name, 0);
        if (first is "Try" or "Begin" or "Unsafe" && first.Length < name.Length)
        {
            first = FirstWord(name, first.Length);
        }

        return words.Contains(first);
    }

    private static string FirstWord(string name, int start)
    {
        var end = start + 1;
        while (end < name.Length && !char.IsUpper(name[end]) && !char.IsDigit(name[end]))
        {
            end++;
        }

        return end > name.Length ? "" : name.Substring(start, end - start);
    }
}
