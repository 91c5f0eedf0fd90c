using System.Collections.Immutable;
using System.Globalization;

namespace LifetimeAnalyzers.Configuration;

/// <summary>How values of options are read.</summary>
internal static class OptionParsers
{
    private static readonly char[] s_separators = [',', ' ', '\t'];

    /// <summary>One of the words of an enumeration, in snake case, whatever their case.</summary>
    public static OptionParser<T> Word<T>(params (string Word, T Value)[] words) => (string text, out T value, out string? problem) =>
    {
        foreach (var (word, meaning) in words)
        {
            if (string.Equals(word, text.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                value = meaning;
                problem = null;
                return true;
            }
        }

        value = default!;
        problem = $"'{text}' is not one of {string.Join(", ", words.Select(word => "'" + word.Word + "'"))}";
        return false;
    };

    /// <summary>A whole number from <paramref name="smallest"/> to <paramref name="largest"/>.</summary>
    public static OptionParser<int> Number(int smallest, int largest) => (string text, out int value, out string? problem) =>
    {
        var isNumber = int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value) && value >= smallest && value <= largest;
        problem = isNumber ? null : $"'{text}' is no whole number from {smallest} to {largest}";
        return isNumber;
    };

    /// <summary>Names of types and methods, separated by commas or white space, each understood for itself.</summary>
    public static bool Names(string text, out ImmutableArray<string> value, out string? problem)
    {
        var names = text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries);
        var wrong = names.FirstOrDefault(name => !IsName(name));
        value = names.Where(IsName).ToImmutableArray();
        problem = wrong is null ? null
            : $"'{wrong}' is no name of a type or method; write 'Namespace.Type', 'Namespace.Type.Method' or a documentation-comment id without parameter list, separated by commas";
        return true;
    }

    /// <summary>Dotted identifiers, an arity, a nested type's plus, <c>T:</c> or <c>M:</c> in front, a star at the end.</summary>
    private static bool IsName(string name)
    {
        var start = name.StartsWith("T:", StringComparison.Ordinal) || name.StartsWith("M:", StringComparison.Ordinal) ? 2 : 0;
        var end = name.EndsWith("*", StringComparison.Ordinal) ? name.Length - 1 : name.Length;
        return end > start && name.Substring(start, end - start).Split('.', '+').All((part) => IsIdentifier(part, mayBeEmpty: end < name.Length));
    }

    private static bool IsIdentifier(string part, bool mayBeEmpty)
    {
        var tick = part.IndexOf('`');
        var identifier = tick < 0 ? part : part.Substring(0, tick);
        if (tick >= 0 && !part.Substring(tick).All(c => c == '`' || char.IsDigit(c)))
        {
            return false;
        }

        return identifier.Length == 0
            ? mayBeEmpty
            : !char.IsDigit(identifier[0]) && identifier.All(c => char.IsLetterOrDigit(c) || c == '_');
    }
}
