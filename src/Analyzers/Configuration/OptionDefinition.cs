namespace LifetimeAnalyzers.Configuration;

/// <summary>One option of <c>.editorconfig</c>: its key, what it may be, and what its documentation says. Immutable.</summary>
internal abstract class OptionDefinition(string name, string defaultText, string allowed, string documentation)
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "lifetime_analyzers.";

    /// <summary>The key as it stands in the file.</summary>
    public string Key { get; } = Prefix + name;

    /// <summary>The default as the file would have it; empty for an empty list.</summary>
    public string DefaultText { get; } = defaultText;

    /// <summary>What may stand there, in words.</summary>
    public string Allowed { get; } = allowed;

    /// <summary>What the option does, as the documentation has it.</summary>
    public string Documentation { get; } = documentation;

    /// <summary>What is wrong with <paramref name="value"/>, in words; null when it is understood.</summary>
    public abstract string? ProblemOf(string value);
}

/// <summary>An option whose values are of type <typeparamref name="T"/>. Immutable.</summary>
internal sealed class OptionDefinition<T>(string name, T defaultValue, string defaultText, string allowed, OptionParser<T> parser, string documentation)
    : OptionDefinition(name, defaultText, allowed, documentation)
{
    /// <summary>What is assumed where nothing is said, or nothing that is understood.</summary>
    public T Default { get; } = defaultValue;

    /// <inheritdoc/>
    public override string? ProblemOf(string value)
    {
        parser(value, out _, out var problem);
        return problem;
    }

    /// <summary>The value that <paramref name="value"/> stands for; the default, or of a list what is understood, when it is nonsense.</summary>
    public T Read(string value) => parser(value, out var result, out _) ? result : Default;
}

/// <summary>Reads a value. A list may give a result and a problem: what is understood counts.</summary>
internal delegate bool OptionParser<T>(string text, out T value, out string? problem);
