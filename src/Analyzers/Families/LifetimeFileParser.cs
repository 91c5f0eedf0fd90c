using System.Collections.Immutable;
using System.Globalization;

namespace LifetimeAnalyzers.Families;

/// <summary>Reads a <c>*.lifetime.txt</c> file, one statement a line. Never throws: what is not understood is a problem with its place, and the rest counts.</summary>
internal sealed class LifetimeFileParser
{
    private readonly string _file;
    private readonly ImmutableArray<FamilyDeclaration>.Builder _families = ImmutableArray.CreateBuilder<FamilyDeclaration>();
    private readonly ImmutableArray<Statement>.Builder _statements = ImmutableArray.CreateBuilder<Statement>();
    private readonly ImmutableArray<Pair>.Builder _pairs = ImmutableArray.CreateBuilder<Pair>();
    private readonly ImmutableArray<string>.Builder _hints = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<FileProblem>.Builder _problems = ImmutableArray.CreateBuilder<FileProblem>();
    private List<Word> _words = [];
    private int _at;
    private int _line;

    private LifetimeFileParser(string file) => _file = file;

    private static readonly string[] Keywords =
        ["family", "pair", "allocates", "releases", "reallocates", "borrows", "holds", "takes", "views", "same", "nothrow", "throws", "never-returns", "owner", "hints"];

    /// <summary>Reads <paramref name="lines"/>; <paramref name="file"/> is the name that contracts give as their source.</summary>
    public static LifetimeFile Parse(string file, IEnumerable<string> lines)
    {
        var parser = new LifetimeFileParser(file);
        foreach (var line in lines)
        {
            parser._words = LineReader.Words(line);
            parser._at = 0;
            if (parser._words.Count > 0)
            {
                parser.ReadLine();
            }

            parser._line++;
        }

        return new LifetimeFile(file, parser._families.ToImmutable(), parser._statements.ToImmutable(), parser._pairs.ToImmutable(),
            parser._hints.ToImmutable(), parser._problems.ToImmutable());
    }

    private void ReadLine()
    {
        var keyword = _words[_at++];
        switch (keyword.Text)
        {
            case "family": ReadFamily(); break;
            case "pair": ReadPair(); break;
            case "allocates": ReadOfFamily(StatementKind.Allocates); break;
            case "releases": ReadOfFamily(StatementKind.Releases); break;
            case "reallocates": ReadOfFamily(StatementKind.Reallocates); break;
            case "owner": ReadOfFamily(StatementKind.Owner); break;
            case "borrows": ReadMembers(StatementKind.Borrows, null); break;
            case "holds": ReadMembers(StatementKind.Holds, null); break;
            case "takes": ReadMembers(StatementKind.Takes, null); break;
            case "views": ReadMembers(StatementKind.Views, null); break;
            case "same": ReadMembers(StatementKind.Same, null); break;
            case "nothrow": ReadMembers(StatementKind.NoThrow, null); break;
            case "throws": ReadMembers(StatementKind.Throws, null); break;
            case "never-returns": ReadMembers(StatementKind.NeverReturns, null); break;
            case "hints": ReadHints(); break;
            default:
                Problem(keyword, $"'{keyword.Text}' is no statement; a line begins with one of {string.Join(", ", Keywords)}");
                break;
        }
    }

    private void ReadFamily()
    {
        if (Name("the family's name") is not { } name || ReadLifetime() is not { } lifetime)
        {
            return;
        }

        if (ReadFamilyOptions(new FamilyDeclaration { Name = name, Lifetime = lifetime, Line = _line }) is not { } family)
        {
            return;
        }

        if (AtEnd())
        {
            _families.Add(family);
        }
    }

    private Lifetime? ReadLifetime()
    {
        const string Allowed = "process (until the process ends), request (until the request scope ends) or pool (until the collector finds it)";
        if (_at == _words.Count)
        {
            Problem(_words[_at - 1], "a lifetime is missing: " + Allowed);
            return null;
        }

        var word = _words[_at++];
        switch (word.Text)
        {
            case "process": return Lifetime.Process;
            case "request": return Lifetime.Request;
            case "pool": return Lifetime.Pool;
            default:
                Problem(word, $"'{word.Text}' is no lifetime; write {Allowed}");
                return null;
        }
    }

    private FamilyDeclaration? ReadFamilyOptions(FamilyDeclaration family)
    {
        for (; _at < _words.Count; _at++)
        {
            switch (_words[_at].Text)
            {
                case "per-instance": family = family with { PerInstance = true }; break;
                case "shared": family = family with { PerInstance = false }; break;
                case "pointer": family = family with { IsPointer = true }; break;
                case "disposed": family = family with { ReleasedByDispose = true }; break;
                case "discard-ok": family = family with { DiscardIsDeliberate = true }; break;
                case "release" when _at + 1 < _words.Count && _words[_at + 1].IsQuoted: family = family with { ReleaseText = _words[++_at].Text }; break;
                case "unreleased-ok": family = family with { MayStayUnreleased = true }; break;
                default: return family;
            }
        }

        return family;
    }

    private void ReadPair()
    {
        if (ReadLifetime() is not { } lifetime)
        {
            return;
        }

        var allocations = ReadStatements(StatementKind.Allocates, null);
        if (allocations is null)
        {
            return;
        }

        if (allocations.Count == 0 || _at == _words.Count || _words[_at].Text != "=>")
        {
            Problem(_words[Math.Min(_at, _words.Count - 1)], "a pair is 'pair <lifetime> <what gives> => <what releases>'; the releasing side is a member or 'dispose'");
            return;
        }

        _at++;
        var declaration = new FamilyDeclaration { Name = allocations[0].Member.TypeName, Lifetime = lifetime, Line = _line };
        var releases = new List<Statement>();
        if (_at < _words.Count && _words[_at].Text == "dispose")
        {
            _at++;
            declaration = declaration with { ReleasedByDispose = true, PerInstance = false };
        }
        else
        {
            if (ReadStatements(StatementKind.Releases, null) is not { } read)
            {
                return;
            }

            if (read.Count == 0)
            {
                Problem(_words[_words.Count - 1], "the releasing side of the pair is missing: a member, or 'dispose'");
                return;
            }

            releases = read;
            declaration = declaration with { Name = NameOf(releases[0].Member) };
        }

        declaration = ReadFamilyOptions(declaration)!;
        var named = false;
        if (_at < _words.Count && _words[_at].Text == "as")
        {
            _at++;
            if (Name("the family's name") is not { } name)
            {
                return;
            }

            declaration = declaration with { Name = name };
            named = true;
        }

        if (AtEnd())
        {
            _pairs.Add(new Pair(declaration, named, allocations.ToImmutableArray(), releases.ToImmutableArray(), _line));
        }
    }

    private static string NameOf(MemberPattern member) => member.Kind == 'I' ? member.Name : member.TypeName + "." + member.Name;

    private void ReadOfFamily(StatementKind kind)
    {
        if (Name("the family's name") is { } family)
        {
            ReadMembers(kind, family);
        }
    }

    private void ReadMembers(StatementKind kind, string? family)
    {
        var before = _problems.Count;
        if (ReadStatements(kind, family) is not { } statements)
        {
            return;
        }

        if (statements.Count == 0 && _problems.Count == before)
        {
            Problem(_words[_words.Count - 1], "a member is missing; write a documentation-comment id such as 'M:Namespace.Type.Method'");
        }
        else if (AtEnd())
        {
            _statements.AddRange(statements);
        }
    }

    /// <summary>Members, each with the options that follow it, up to a word that is neither.</summary>
    private List<Statement>? ReadStatements(StatementKind kind, string? family)
    {
        var statements = new List<Statement>();
        while (_at < _words.Count)
        {
            var word = _words[_at];
            if (word.IsQuoted || !LooksLikeMember(word.Text))
            {
                if (statements.Count == 0 && word.Text != "=>")
                {
                    Problem(word, MemberPattern.Parse(word.Text, out var reason) is null ? reason! : "");
                    return null;
                }

                break;
            }

            _at++;
            if (MemberPattern.Parse(word.Text, out var problem) is not { } member)
            {
                Problem(word, problem!);
                return null;
            }

            if (member.IsPrefix && kind is StatementKind.Allocates or StatementKind.Releases or StatementKind.Reallocates)
            {
                Problem(word, "a member that allocates or releases is named in full, without '*'");
                return null;
            }

            if (kind == StatementKind.Owner != (member.Kind == 'T') && (kind == StatementKind.Owner || kind is StatementKind.Allocates or StatementKind.Releases or StatementKind.Reallocates))
            {
                Problem(word, kind == StatementKind.Owner ? $"an owner is a type; write 'T:Namespace.Type', not '{word.Text}'" : $"'{word.Text}' is a type; name its member, such as 'M:Namespace.Type.Method'");
                return null;
            }

            var statement = new Statement { Kind = kind, Member = member, Family = family, Source = _file + "(" + (_line + 1).ToString(CultureInfo.InvariantCulture) + ")", Line = _line };
            if (ReadOptions(statement) is not { } complete)
            {
                return null;
            }

            statements.Add(complete);
        }

        return statements;
    }

    private static bool LooksLikeMember(string text) => (text.Length > 1 && text[1] == ':') || text.StartsWith("import:", StringComparison.Ordinal);

    private Statement? ReadOptions(Statement statement)
    {
        while (_at < _words.Count)
        {
            var word = _words[_at];
            switch (word.Text)
            {
                case "at" or "of":
                    _at++;
                    if (Parameters() is not { } parameters)
                    {
                        return null;
                    }

                    statement = statement with { Parameters = parameters };
                    break;
                case "into":
                    _at++;
                    if (Parameters() is not { Length: 1 } into)
                    {
                        return null;
                    }

                    statement = statement with { Into = into[0] };
                    break;
                case "nullable": _at++; statement = statement with { Nullable = true }; break;
                case "null-ok": _at++; statement = statement with { NullIsReleasedSafely = true }; break;
                case "derived": _at++; statement = statement with { DerivedTypes = true }; break;
                case "may-throw": _at++; statement = statement with { MayThrow = true }; break;
                case "if":
                    _at++;
                    if (ReadResultTest() is not { } test)
                    {
                        return null;
                    }

                    statement = statement with { If = test };
                    break;
                case "when":
                    _at++;
                    if (ReadCondition(statement) is not { } conditional)
                    {
                        return null;
                    }

                    statement = conditional;
                    break;
                default:
                    return statement;
            }
        }

        return statement;
    }

    private ImmutableArray<ParameterReference>? Parameters()
    {
        if (_at == _words.Count)
        {
            Problem(_words[_at - 1], "a parameter is missing: its name, its position from 0 as '#0', or 'this'");
            return null;
        }

        var word = _words[_at++];
        var parameters = ImmutableArray.CreateBuilder<ParameterReference>();
        foreach (var part in word.Text.Split(','))
        {
            if (ParameterReference.Parse(part) is not { } parameter)
            {
                Problem(word, $"'{part}' is no parameter; write its name, its position from 0 as '#0', or 'this'");
                return null;
            }

            parameters.Add(parameter);
        }

        return parameters.ToImmutable();
    }

    private ResultTest? ReadResultTest()
    {
        var word = _at < _words.Count ? _words[_at++] : _words[_at - 1];
        switch (word.Text)
        {
            case "true": return ResultTest.True;
            case "false": return ResultTest.False;
            case "zero": return ResultTest.Zero;
            case "nonzero": return ResultTest.NonZero;
            case "nonnegative": return ResultTest.NonNegative;
            default:
                Problem(word, $"'{word.Text}' is no result to test for; write 'if true', 'if false', 'if zero', 'if nonzero' or 'if nonnegative'");
                return null;
        }
    }

    private Statement? ReadCondition(Statement statement)
    {
        var word = _at < _words.Count ? _words[_at++] : _words[_at - 1];
        var equals = word.Text.IndexOf('=');
        var parameter = equals > 0 ? ParameterReference.Parse(word.Text.Substring(0, equals)) : null;
        if (parameter is null || !TryReadConstant(word.Text.Substring(equals + 1), out var constant))
        {
            Problem(word, $"'{word.Text}' is no condition; write 'when parameter=true', 'when #1=0' or 'when #0=null'");
            return null;
        }

        return statement with { When = parameter, WhenConstant = constant };
    }

    private static bool TryReadConstant(string text, out object? constant)
    {
        constant = text switch { "true" => true, "false" => false, _ => null };
        if (constant is not null || text == "null")
        {
            return true;
        }

        var isHexadecimal = text.StartsWith("0x", StringComparison.Ordinal);
        if (!long.TryParse(isHexadecimal ? text.Substring(2) : text, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        constant = number;
        return true;
    }

    private void ReadHints()
    {
        for (; _at < _words.Count; _at++)
        {
            _hints.Add(_words[_at].Text);
        }
    }

    private string? Name(string what)
    {
        if (_at < _words.Count && _words[_at].Text.Length > 0 && (_words[_at].IsQuoted || !LooksLikeMember(_words[_at].Text)))
        {
            return _words[_at++].Text;
        }

        Problem(_words[Math.Min(_at, _words.Count - 1)], what + " is missing; put it in quotes if it has spaces");
        return null;
    }

    private bool AtEnd()
    {
        if (_at == _words.Count)
        {
            return true;
        }

        Problem(_words[_at], $"'{_words[_at].Text}' is not expected here, so the line is ignored");
        return false;
    }

    private void Problem(Word word, string message) =>
        _problems.Add(new FileProblem(_line, word.Column, Math.Max(1, word.Text.Length), message));
}
