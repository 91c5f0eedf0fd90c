using System.Collections.Immutable;

namespace LifetimeAnalyzers.Families;

/// <summary>Reads a <c>*.lifetime.txt</c> file, one statement a line. Never throws: what is not understood is a problem with its place, and the rest counts.</summary>
internal sealed class LifetimeFileParser
{
    private readonly ImmutableArray<FamilyDeclaration>.Builder _families = ImmutableArray.CreateBuilder<FamilyDeclaration>();
    private readonly ImmutableArray<Statement>.Builder _statements = ImmutableArray.CreateBuilder<Statement>();
    private readonly ImmutableArray<Pair>.Builder _pairs = ImmutableArray.CreateBuilder<Pair>();
    private readonly ImmutableArray<HandOverName>.Builder _hints = ImmutableArray.CreateBuilder<HandOverName>();
    private readonly ImmutableArray<PairWords>.Builder _pairWords = ImmutableArray.CreateBuilder<PairWords>();
    private readonly ImmutableArray<FileProblem>.Builder _problems = ImmutableArray.CreateBuilder<FileProblem>();

    private LifetimeFileParser()
    {
    }

    private static readonly string[] s_keywords =
        ["family", "pair", "allocates", "releases", "reallocates", "borrows", "holds", "takes", "views", "same", "nothrow", "throws", "never-returns", "owner", "hints", "names"];

    /// <summary>Reads <paramref name="lines"/>; <paramref name="file"/> is the name that contracts give as their source.</summary>
    public static LifetimeFile Parse(string file, IEnumerable<string> lines)
    {
        var parser = new LifetimeFileParser();
        var number = 0;
        foreach (var line in lines)
        {
            var words = LineReader.Words(line);
            if (words.Count > 0)
            {
                parser.ReadLine(new LineCursor(words, file, number, parser._problems));
            }

            number++;
        }

        return new LifetimeFile(file, parser._families.ToImmutable(), parser._statements.ToImmutable(), parser._pairs.ToImmutable(),
            parser._hints.ToImmutable(), parser._problems.ToImmutable())
        { PairWords = parser._pairWords.ToImmutable() };
    }

    private void ReadLine(LineCursor line)
    {
        var keyword = line.Next();
        switch (keyword.Text)
        {
            case "family": ReadFamily(line); break;
            case "pair": ReadPair(line); break;
            case "allocates": ReadOfFamily(line, StatementKind.Allocates); break;
            case "releases": ReadOfFamily(line, StatementKind.Releases); break;
            case "reallocates": ReadOfFamily(line, StatementKind.Reallocates); break;
            case "owner": ReadOfFamily(line, StatementKind.Owner); break;
            case "borrows": ReadMembers(line, StatementKind.Borrows, null); break;
            case "holds": ReadMembers(line, StatementKind.Holds, null); break;
            case "takes": ReadMembers(line, StatementKind.Takes, null); break;
            case "views": ReadMembers(line, StatementKind.Views, null); break;
            case "same": ReadMembers(line, StatementKind.Same, null); break;
            case "nothrow": ReadMembers(line, StatementKind.NoThrow, null); break;
            case "throws": ReadMembers(line, StatementKind.Throws, null); break;
            case "never-returns": ReadMembers(line, StatementKind.NeverReturns, null); break;
            case "hints": ReadHints(line); break;
            case "names": ReadNames(line); break;
            default:
                line.Problem(keyword, $"'{keyword.Text}' is no statement; a line begins with one of {string.Join(", ", s_keywords)}");
                break;
        }
    }

    private void ReadFamily(LineCursor line)
    {
        if (line.Name("the family's name") is not { } name || FamilyParser.ReadLifetime(line) is not { } lifetime)
        {
            return;
        }

        var family = FamilyParser.ReadProperties(line, new FamilyDeclaration { Name = name, Lifetime = lifetime, Line = line.Line });
        if (line.Ends())
        {
            _families.Add(family);
        }
    }

    private void ReadPair(LineCursor line)
    {
        if (FamilyParser.ReadLifetime(line) is not { } lifetime || StatementParser.ReadMembers(line, StatementKind.Allocates, null) is not { } allocations)
        {
            return;
        }

        if (allocations.Count == 0 || !line.TryRead("=>"))
        {
            line.Problem(line.IsAtEnd ? line.Last : line.Current, "a pair is 'pair <lifetime> <what gives> => <what releases>'; the releasing side is a member or 'dispose'");
            return;
        }

        var family = new FamilyDeclaration { Name = allocations[0].Member.TypeName, Lifetime = lifetime, Line = line.Line };
        List<Statement>? releases = [];
        if (line.TryRead("dispose"))
        {
            family = family with { ReleasedByDispose = true, PerInstance = false };
        }
        else
        {
            releases = StatementParser.ReadMembers(line, StatementKind.Releases, null);
            if (releases is null or { Count: 0 })
            {
                return;
            }

            var release = releases[0].Member;
            family = family with { Name = release.Kind == 'I' ? release.Name : release.TypeName + "." + release.Name };
        }

        family = FamilyParser.ReadProperties(line, family);
        var isNamed = line.TryRead("as");
        if (isNamed)
        {
            if (line.Name("the family's name") is not { } name)
            {
                return;
            }

            family = family with { Name = name };
        }

        if (line.Ends())
        {
            _pairs.Add(new Pair(family, isNamed, allocations.ToImmutableArray(), releases.ToImmutableArray(), line.Line));
        }
    }

    private void ReadOfFamily(LineCursor line, StatementKind kind)
    {
        if (line.Name("the family's name") is { } family)
        {
            ReadMembers(line, kind, family);
        }
    }

    private void ReadMembers(LineCursor line, StatementKind kind, string? family)
    {
        if (StatementParser.ReadMembers(line, kind, family) is { } statements && line.Ends())
        {
            _statements.AddRange(statements);
        }
    }

    private void ReadHints(LineCursor line)
    {
        var isManaged = line.TryRead("managed");
        if (line.IsAtEnd)
        {
            line.Problem(line.Last, "the words are missing; write 'hints Stash Hoard'");
        }

        while (!line.IsAtEnd)
        {
            _hints.Add(new HandOverName(line.Next().Text, isManaged));
        }
    }

    private void ReadNames(LineCursor line)
    {
        var kind = line.TryRead("counted") ? PairWordsKind.Counting : line.TryRead("uncounted") ? PairWordsKind.Uncounting : line.TryRead("resized") ? PairWordsKind.Resizing : line.TryRead("aside") ? PairWordsKind.Aside : line.TryRead("last") ? PairWordsKind.Last : PairWordsKind.Pair;
        var words = new List<string>();
        while (!line.IsAtEnd && line.Current.Text != "=>")
        {
            words.Add(line.Next().Text.ToLowerInvariant());
        }

        var releases = new List<string>();
        if (kind == PairWordsKind.Pair && line.TryRead("=>"))
        {
            while (!line.IsAtEnd)
            {
                releases.Add(line.Next().Text.ToLowerInvariant());
            }
        }

        if (words.Count == 0 || (kind == PairWordsKind.Pair && releases.Count == 0))
        {
            line.Problem(line.Last, kind == PairWordsKind.Pair ? "words are missing; write 'names create => destroy free'" : "the words are missing; write 'names counted retain', 'names uncounted unref', 'names aside from with' or 'names last ex simple'");
        }
        else if (line.Ends())
        {
            _pairWords.Add(new PairWords(kind, words.ToImmutableArray(), releases.ToImmutableArray()));
        }
    }
}
