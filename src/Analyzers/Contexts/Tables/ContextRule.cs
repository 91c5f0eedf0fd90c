namespace LifetimeAnalyzers.Contexts.Tables;

/// <summary>Which members of a type a table line reaches.</summary>
internal enum RuleReach
{
    /// <summary>Members that override a member of the type, or implement one of the interface.</summary>
    Overrides,

    /// <summary>Besides these, every public instance method that a class derived from the type declares.</summary>
    PublicMethods,

    /// <summary>Public instance methods of the derived class that are called so: the framework finds them by name.</summary>
    ByName,
}

/// <summary>A line of the tables: what runs members of a known type, and how long.</summary>
/// <param name="Type">The full metadata name of the base type, interface or attribute.</param>
/// <param name="Methods"><c>*</c>, or names separated by <c>|</c>, each possibly ending in <c>*</c>.</param>
/// <param name="Kind">The context in which they run.</param>
/// <param name="Words">What such a member is called in a message: <c>the controller action</c>.</param>
/// <param name="Reach">Which members the line reaches.</param>
internal sealed record ContextRule(string Type, string Methods, ExecutionContextKind Kind, string Words, RuleReach Reach = RuleReach.Overrides)
{
    /// <summary>Outside of a loop, the members are passed once per process.</summary>
    public bool RunsOnce { get; init; }

    /// <summary>Whether a member of this name is meant.</summary>
    public bool Names(string member)
    {
        int start = 0;
        while (start <= Methods.Length)
        {
            int end = Methods.IndexOf('|', start);
            end = end < 0 ? Methods.Length : end;
            int length = end - start;
            bool open = length > 0 && Methods[end - 1] == '*';
            length -= open ? 1 : 0;
            if ((open ? member.Length >= length : member.Length == length) && string.CompareOrdinal(Methods, start, member, 0, length) == 0)
            {
                return true;
            }

            start = end + 1;
        }

        return false;
    }

    /// <summary>The context of a member that the line reaches.</summary>
    public ExecutionContext For(string member) => new(Kind, $"{Words} '{member}'") { RunsOnce = RunsOnce };
}
