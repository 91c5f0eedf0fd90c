using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>Whether a method's name hints that it takes over or releases what it is handed.</summary>
internal static class TakeOverNames
{
    /// <summary>
    /// Whether <paramref name="method"/> fits one of <paramref name="words"/>: a constructor or setter always, a name in
    /// Pascal case by its first word (after <c>Try</c> or <c>Begin</c>), a native function's name and one in snake case by
    /// any word.
    /// </summary>
    public static bool Fits(IMethodSymbol method, ImmutableHashSet<HandOverName> words)
    {
        if (method.MethodKind is MethodKind.Constructor or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.DelegateInvoke)
        {
            return true;
        }

        var isNative = ImportedFunction.Of(method) is not null;
        var name = method.Name.Substring(method.Name.LastIndexOf('.') + 1);
        var ofName = Words(name);
        if (!isNative && name.IndexOf('_') < 0 && !char.IsLower(name[0]))
        {
            ofName = ofName.SkipWhile((word, index) => index == 0 && word is "Try" or "Begin" or "Unsafe").Take(1);
        }

        return ofName.Any(word => words.Contains(new HandOverName(word, IsManagedOnly: false)) || (!isNative && words.Contains(new HandOverName(word, IsManagedOnly: true))));
    }

    /// <summary>The words of a native function's name that hint at a hand-over.</summary>
    public static IEnumerable<string> HintsOf(string function, ImmutableHashSet<HandOverName> words) =>
        Words(function).Where(word => words.Contains(new HandOverName(word, IsManagedOnly: false)));

    /// <summary>The words of a name in Pascal, camel or snake case, each with a capital first.</summary>
    private static IEnumerable<string> Words(string name)
    {
        foreach (var part in name.Split('_'))
        {
            var start = 0;
            for (var end = 1; end <= part.Length; end++)
            {
                if (end == part.Length || char.IsUpper(part[end]) || char.IsDigit(part[end]))
                {
                    yield return char.ToUpperInvariant(part[start]) + part.Substring(start + 1, end - start - 1);
                    start = end;
                }
            }
        }
    }
}
