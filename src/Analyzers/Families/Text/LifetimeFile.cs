using System.Collections.Immutable;

namespace LifetimeAnalyzers.Families;

/// <summary>A line, or a part of one, that is not understood. Columns and lines count from 0.</summary>
internal readonly record struct FileProblem(int Line, int Column, int Length, string Message);

/// <summary>The statements of one <c>*.lifetime.txt</c> file, and what could not be read. Immutable.</summary>
/// <param name="Name">The file's name, without directory.</param>
/// <param name="Families">The families that it declares.</param>
/// <param name="Statements">What it says about members.</param>
/// <param name="Pairs">Its pairs, whose family is known only when all files are.</param>
/// <param name="TakeOverNames">Beginnings of names that hint a hand-over.</param>
/// <param name="Problems">What is not understood; every other line counts.</param>
internal sealed record LifetimeFile(
    string Name,
    ImmutableArray<FamilyDeclaration> Families,
    ImmutableArray<Statement> Statements,
    ImmutableArray<Pair> Pairs,
    ImmutableArray<HandOverName> TakeOverNames,
    ImmutableArray<FileProblem> Problems)
{
    /// <summary>The words by which names of native functions say that they give or release.</summary>
    public ImmutableArray<PairWords> PairWords { get; init; } = ImmutableArray<PairWords>.Empty;

    /// <summary>The ending that makes an additional file one of these.</summary>
    public const string Extension = ".lifetime.txt";
}

/// <summary>One <c>pair</c> line: what gives a block, and what releases it. No releases: <c>Dispose</c>.</summary>
internal sealed record Pair(FamilyDeclaration Declaration, bool IsNamed, ImmutableArray<Statement> Allocations, ImmutableArray<Statement> Releases, int Line);

/// <summary>A first word of names that hints at a hand-over; of members of .NET libraries only, or of native functions as well.</summary>
internal readonly record struct HandOverName(string Word, bool IsManagedOnly);

/// <summary>What the words of a <c>names</c> line are.</summary>
internal enum PairWordsKind
{
    /// <summary>Words of functions that give, and of those that release it.</summary>
    Pair,

    /// <summary>Words of functions that count one holder more.</summary>
    Counting,

    /// <summary>Words of functions that count one holder less.</summary>
    Uncounting,

    /// <summary>Words of functions that give another block for one.</summary>
    Resizing,

    /// <summary>Words behind which a name does not tell what is given any more.</summary>
    Aside,

    /// <summary>Words that do not tell what is given when they come last.</summary>
    Last,
}

/// <summary>One <c>names</c> line, in lower case. The best release comes first.</summary>
internal sealed record PairWords(PairWordsKind Kind, ImmutableArray<string> Words, ImmutableArray<string> Releases);
