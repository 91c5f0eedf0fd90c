using System.Collections.Immutable;
using System.Globalization;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A diagnostic that a test expects. Immutable.</summary>
public readonly struct DiagnosticResult
{
    /// <summary>Expects a diagnostic with the id <paramref name="id"/>.</summary>
    public DiagnosticResult(string id, DiagnosticSeverity severity)
        : this()
    {
        Id = id;
        Severity = severity;
        Places = [];
    }

    /// <summary>Expects a diagnostic of <paramref name="descriptor"/>, with its default severity.</summary>
    public DiagnosticResult(DiagnosticDescriptor descriptor)
        : this(descriptor.Id, descriptor.DefaultSeverity)
    {
        MessageFormat = descriptor.MessageFormat;
    }

    /// <summary>The id.</summary>
    public string Id { get; private init; }

    /// <summary>The severity.</summary>
    public DiagnosticSeverity Severity { get; private init; }

    /// <summary>What is left open.</summary>
    public DiagnosticOptions Options { get; private init; }

    /// <summary>The message with its arguments filled in; null when it is left open.</summary>
    public string? Message { get; private init; }

    /// <summary>The message before its arguments are filled in.</summary>
    public LocalizableString? MessageFormat { get; private init; }

    internal ImmutableArray<Place> Places { get; private init; }

    /// <summary>An expected compiler error.</summary>
    public static DiagnosticResult CompilerError(string identifier) => new(identifier, DiagnosticSeverity.Error);

    /// <summary>An expected compiler warning.</summary>
    public static DiagnosticResult CompilerWarning(string identifier) => new(identifier, DiagnosticSeverity.Warning);

    /// <summary>The same with a severity.</summary>
    public DiagnosticResult WithSeverity(DiagnosticSeverity severity) => this with { Severity = severity };

    /// <summary>The same with a message to compare.</summary>
    public DiagnosticResult WithMessage(string? message) => this with { Message = message };

    /// <summary>The same with the arguments of the descriptor's message.</summary>
    public DiagnosticResult WithArguments(params object[] arguments) =>
        this with { Message = string.Format(CultureInfo.InvariantCulture, MessageFormat?.ToString(CultureInfo.InvariantCulture) ?? string.Empty, arguments) };

    /// <summary>The same with something more left open.</summary>
    public DiagnosticResult WithOptions(DiagnosticOptions options) => this with { Options = options };

    /// <summary>The same at the text marked <c>{|#<paramref name="markupKey"/>:...|}</c>: first the location, then additional locations.</summary>
    public DiagnosticResult WithLocation(int markupKey) => this with { Places = Places.Add(new Place(null, null, markupKey, default, false)) };

    /// <summary>The same, starting at a one-based line and column of the first source.</summary>
    public DiagnosticResult WithLocation(int line, int column) => WithLocation(SolutionState.DefaultPath, line, column);

    /// <summary>The same, starting at a one-based line and column of the file <paramref name="path"/>.</summary>
    public DiagnosticResult WithLocation(string path, int line, int column)
    {
        var start = new Text.LinePosition(line - 1, column - 1);
        return this with { Places = Places.Add(new Place(path, null, null, new Text.LinePositionSpan(start, start), true)) };
    }

    /// <summary>The same, over a span of one-based lines and columns of the first source.</summary>
    public DiagnosticResult WithSpan(int startLine, int startColumn, int endLine, int endColumn) =>
        WithSpan(SolutionState.DefaultPath, startLine, startColumn, endLine, endColumn);

    /// <summary>The same, over a span of one-based lines and columns of the file <paramref name="path"/>.</summary>
    public DiagnosticResult WithSpan(string path, int startLine, int startColumn, int endLine, int endColumn)
    {
        var span = new Text.LinePositionSpan(new(startLine - 1, startColumn - 1), new(endLine - 1, endColumn - 1));
        return this with { Places = Places.Add(new Place(path, null, null, span, false)) };
    }

    /// <summary>The same, in a place that has no source.</summary>
    public DiagnosticResult WithNoLocation() => this with { Places = [] };

    /// <inheritdoc/>
    public override string ToString() => Id + (Places.IsDefaultOrEmpty ? string.Empty : " at " + string.Join(" and ", Places)) + (Message is null ? string.Empty : ": " + Message);

    internal static DiagnosticResult FromMarkup(string id, string path, Text.TextSpan span) =>
        new DiagnosticResult(id, DiagnosticSeverity.Warning) with
        {
            Options = DiagnosticOptions.IgnoreAdditionalLocations | DiagnosticOptions.IgnoreSeverity,
            Places = [new Place(path, span, null, default, false)],
        };

    /// <summary>One expected location, in one of the ways in which it can be written down.</summary>
    internal readonly record struct Place(string? Path, Text.TextSpan? Span, int? Key, Text.LinePositionSpan Lines, bool StartOnly)
    {
        public override string ToString() =>
            Key is { } key ? "#" + key : Span is { } span ? Path + span : Path + Lines.ToString();

        public bool Matches(Location location, IReadOnlyDictionary<int, (string Path, Text.TextSpan Span)> keys)
        {
            if (Key is { } key)
            {
                return keys.TryGetValue(key, out var marked)
                    && location.GetLineSpan().Path == marked.Path
                    && location.SourceSpan == marked.Span;
            }

            var actual = location.GetLineSpan();
            return actual.Path == Path
                && (Span is { } span ? location.SourceSpan == span
                    : StartOnly ? actual.StartLinePosition == Lines.Start
                    : actual.Span == Lines);
        }
    }
}
