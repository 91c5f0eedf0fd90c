namespace LifetimeAnalyzers.Candidates;

/// <summary>A name that an expression mentions.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Outer">The index of the call or creation that the mention is handed to; negative when it is the value itself.</param>
/// <param name="Qualifier">The name in front of the dot; empty when that is no name, null when there is no dot.</param>
/// <param name="HasArguments">The call has an argument.</param>
internal readonly record struct Mention(string Name, MentionKind Kind, int Outer, string? Qualifier = null, bool HasArguments = false);

/// <summary>What a mentioned name is, as the syntax tells.</summary>
internal enum MentionKind
{
    /// <summary>A variable, field, property or method that is not called.</summary>
    Name,

    /// <summary>A method that is called.</summary>
    Call,

    /// <summary>A type that is made.</summary>
    Creation,
}

/// <summary>A value goes from what an expression mentions to a variable, or to one of <see cref="MemberSketch"/>'s sinks.</summary>
/// <param name="Target">The variable or sink.</param>
/// <param name="Sources">What the value is made of.</param>
/// <param name="IsPart">It goes into a field or element of the variable.</param>
internal sealed record NamedFlow(string Target, List<Mention> Sources, bool IsPart);

/// <summary>A call.</summary>
/// <param name="Name">The method.</param>
/// <param name="Arguments">What each argument is made of.</param>
/// <param name="Receiver">What the receiver is made of, when it is a variable.</param>
/// <param name="IsOnSelf">It is a call of the own object.</param>
internal sealed record NamedCall(string Name, List<List<Mention>> Arguments, List<Mention> Receiver, bool IsOnSelf)
{
    /// <summary>Whether two calls are the same by their names.</summary>
    public bool IsLike(NamedCall other) =>
        Name == other.Name && IsOnSelf == other.IsOnSelf && Receiver.SequenceEqual(other.Receiver) &&
        Arguments.Count == other.Arguments.Count && Arguments.Zip(other.Arguments, static (one, same) => one.SequenceEqual(same)).All(static alike => alike);
}
