using System.Collections.Immutable;
using System.Globalization;

namespace LifetimeAnalyzers.Families;

/// <summary>Reads members, each with the options that follow it.</summary>
internal static class StatementParser
{
    /// <summary>Reads members up to a word that is none; null with a problem when one of them is not understood.</summary>
    public static List<Statement>? ReadMembers(LineCursor line, StatementKind kind, string? family)
    {
        var statements = new List<Statement>();
        if (!line.IsMember && line.Current.Text != "=>")
        {
            line.Problem(line.IsAtEnd ? line.Last : line.Current, line.IsAtEnd
                ? "a member is missing; write a documentation-comment id such as 'M:Namespace.Type.Method'"
                : $"'{line.Current.Text}' is no member; write a documentation-comment id such as 'M:Namespace.Type.Method', or 'import:function'");
            return null;
        }

        while (line.IsMember)
        {
            var word = line.Next();
            if (MemberPattern.Parse(word.Text, out var problem) is not { } member)
            {
                line.Problem(word, problem!);
                return null;
            }

            if (Misfit(kind, member) is { } misfit)
            {
                line.Problem(word, misfit);
                return null;
            }

            var source = line.File + "(" + (line.Line + 1).ToString(CultureInfo.InvariantCulture) + ")";
            if (ReadOptions(line, new Statement { Kind = kind, Member = member, Family = family, Source = source, Line = line.Line }) is not { } statement)
            {
                return null;
            }

            statements.Add(statement);
        }

        return statements;
    }

    private static string? Misfit(StatementKind kind, MemberPattern member)
    {
        if (kind == StatementKind.Owner)
        {
            return member.Kind == 'T' ? null : $"an owner is a type; write 'T:Namespace.Type', not '{member.Text}'";
        }

        if (kind is not (StatementKind.Allocates or StatementKind.Releases or StatementKind.Reallocates))
        {
            return null;
        }

        return member.Kind == 'T' ? $"'{member.Text}' is a type; name its member, such as 'M:Namespace.Type.Method'"
            : member.IsPrefix ? "a member that allocates or releases is named in full, without '*'" : null;
    }

    private static Statement? ReadOptions(LineCursor line, Statement statement)
    {
        while (true)
        {
            if (line.TryRead("at") || line.TryRead("of"))
            {
                if (ReadParameters(line) is not { } parameters)
                {
                    return null;
                }

                statement = statement with { Parameters = parameters };
            }
            else if (line.TryRead("into"))
            {
                if (ReadParameters(line) is not { } into)
                {
                    return null;
                }

                statement = statement with { Into = into[0] };
            }
            else if (line.TryRead("nullable"))
            {
                statement = statement with { Nullable = true };
            }
            else if (line.TryRead("null-ok"))
            {
                statement = statement with { NullIsReleasedSafely = true };
            }
            else if (line.TryRead("derived"))
            {
                statement = statement with { DerivedTypes = true };
            }
            else if (line.TryRead("may-throw"))
            {
                statement = statement with { MayThrow = true };
            }
            else if (line.TryRead("if"))
            {
                if (ReadResultTest(line) is not { } test)
                {
                    return null;
                }

                statement = statement with { If = test };
            }
            else if (line.TryRead("when"))
            {
                if (ReadCondition(line, statement) is not { } conditional)
                {
                    return null;
                }

                statement = conditional;
            }
            else
            {
                return statement;
            }
        }
    }

    private static ImmutableArray<ParameterReference>? ReadParameters(LineCursor line)
    {
        var word = line.Next();
        var parameters = ImmutableArray.CreateBuilder<ParameterReference>();
        foreach (var part in word.Text.Split(','))
        {
            if (ParameterReference.Parse(part) is not { } parameter)
            {
                line.Problem(word.Text.Length == 0 ? line.Last : word, $"'{part}' is no parameter; write its name, its position from 0 as '#0', or 'this'");
                return null;
            }

            parameters.Add(parameter);
        }

        return parameters.ToImmutable();
    }

    private static ResultTest? ReadResultTest(LineCursor line)
    {
        var word = line.Next();
        switch (word.Text)
        {
            case "true": return ResultTest.True;
            case "false": return ResultTest.False;
            case "zero": return ResultTest.Zero;
            case "nonzero": return ResultTest.NonZero;
            case "nonnegative": return ResultTest.NonNegative;
            default:
                line.Problem(word.Text.Length == 0 ? line.Last : word, $"'{word.Text}' is no result to test for; write 'if true', 'if false', 'if zero', 'if nonzero' or 'if nonnegative'");
                return null;
        }
    }

    private static Statement? ReadCondition(LineCursor line, Statement statement)
    {
        var word = line.Next();
        var equals = word.Text.IndexOf('=');
        if (equals > 0 && ParameterReference.Parse(word.Text.Substring(0, equals)) is { } parameter && TryReadConstant(word.Text.Substring(equals + 1), out var constant))
        {
            return statement with { When = parameter, WhenConstant = constant };
        }

        line.Problem(word.Text.Length == 0 ? line.Last : word, $"'{word.Text}' is no condition; write 'when parameter=true', 'when #1=0' or 'when #0=null'");
        return null;
    }

    private static bool TryReadConstant(string text, out object? constant)
    {
        constant = text switch { "true" => true, "false" => false, _ => null };
        if (constant is not null || text == "null")
        {
            return true;
        }

        var isHexadecimal = text.StartsWith("0x", StringComparison.Ordinal);
        var digits = isHexadecimal ? text.Substring(2) : text;
        var isNumber = long.TryParse(digits, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        constant = number;
        return isNumber;
    }
}
