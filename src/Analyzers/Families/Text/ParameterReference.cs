using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families;

/// <summary>A parameter as a statement names it: by name, by position (<c>#0</c>), or the receiver (<c>this</c>).</summary>
internal readonly record struct ParameterReference(string? Name, int Ordinal)
{
    /// <summary>The ordinal that stands for the object that the member is called on.</summary>
    public const int ReceiverOrdinal = -2;

    /// <summary>The ordinal of what cannot be found.</summary>
    public const int Missing = -1;

    /// <summary>The object that the member is called on.</summary>
    public static readonly ParameterReference Receiver = new(null, ReceiverOrdinal);

    /// <summary>The parameter at position <paramref name="ordinal"/>, from 0.</summary>
    public static ParameterReference At(int ordinal) => new(null, ordinal);

    /// <summary>Reads <c>this</c>, <c>#2</c> or a name; null when <paramref name="text"/> is none of them.</summary>
    public static ParameterReference? Parse(string text)
    {
        if (text == "this")
        {
            return Receiver;
        }

        if (text.StartsWith("#", StringComparison.Ordinal))
        {
            return int.TryParse(text.Substring(1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var ordinal) ? At(ordinal) : null;
        }

        return IsName(text) ? new ParameterReference(text, Missing) : null;
    }

    /// <summary>The ordinal in <paramref name="method"/>, <see cref="ReceiverOrdinal"/>, or <see cref="Missing"/>.</summary>
    public int In(IMethodSymbol method)
    {
        if (Name is null)
        {
            return Ordinal == ReceiverOrdinal ? (method.IsStatic ? Missing : ReceiverOrdinal)
                : Ordinal < method.Parameters.Length ? Ordinal : Missing;
        }

        foreach (var parameter in method.Parameters)
        {
            if (parameter.Name == Name)
            {
                return parameter.Ordinal;
            }
        }

        return Missing;
    }

    private static bool IsName(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(c => char.IsLetterOrDigit(c) || c == '_');
}
