namespace LifetimeAnalyzers.Families;

/// <summary>Reads the lifetime and the properties of a family: what follows <c>family</c> and <c>pair</c>.</summary>
internal static class FamilyParser
{
    private const string Lifetimes = "process (until the process ends), request (until the request scope ends) or pool (until the collector finds it)";

    /// <summary>Reads a lifetime; null with a problem when there is none.</summary>
    public static Lifetime? ReadLifetime(LineCursor line)
    {
        var word = line.Next();
        switch (word.Text)
        {
            case "process": return Lifetime.Process;
            case "request": return Lifetime.Request;
            case "pool": return Lifetime.Pool;
            case "": line.Problem(line.Last, "a lifetime is missing: " + Lifetimes); return null;
            default: line.Problem(word, $"'{word.Text}' is no lifetime; write {Lifetimes}"); return null;
        }
    }

    /// <summary>Reads the properties that follow, up to a word that is none.</summary>
    public static FamilyDeclaration ReadProperties(LineCursor line, FamilyDeclaration family)
    {
        while (!line.IsAtEnd && !line.Current.IsQuoted)
        {
            switch (line.Current.Text)
            {
                case "per-instance": family = family with { PerInstance = true }; break;
                case "shared": family = family with { PerInstance = false }; break;
                case "pointer": family = family with { IsPointer = true }; break;
                case "disposed": family = family with { ReleasedByDispose = true }; break;
                case "discard-ok": family = family with { DiscardIsDeliberate = true }; break;
                case "unreleased-ok": family = family with { MayStayUnreleased = true }; break;
                case "of-receiver": family = family with { IsOfReceiver = true }; break;
                case "counted": family = family with { IsCounted = true }; break;
                case "fails-by-throwing": family = family with { FailsByThrowing = true }; break;
                case "release":
                    line.Next();
                    if (!line.Current.IsQuoted)
                    {
                        line.Problem(line.IsAtEnd ? line.Last : line.Current, "how messages name the release is missing, in quotes");
                        return family;
                    }

                    family = family with { ReleaseText = line.Current.Text };
                    break;
                default: return family;
            }

            line.Next();
        }

        return family;
    }
}
