namespace LifetimeAnalyzers.Suite.Generator;

/// <summary>One function of a case: the mistake itself, or one of its two repairs.</summary>
/// <param name="Kind">Bad, GoodG2B (another source) or GoodB2G (another sink).</param>
/// <param name="Source">The source, as a template.</param>
/// <param name="Returnable">The source for flows in which a function returns what it made.</param>
/// <param name="Between">What comes between source and sink.</param>
/// <param name="Sink">The sink, as a template.</param>
internal sealed record Flow(string Kind, string Source, string Returnable, string Between, string Sink)
{
    /// <summary>The flows of a flaw: the bad one first.</summary>
    public static IEnumerable<Flow> Of(Flaw flaw)
    {
        yield return new Flow("Bad", flaw.BadSource, flaw.ReturnableSource ?? flaw.BadSource, flaw.Between, flaw.BadSink);
        if (flaw.GoodSource is { } source)
        {
            yield return new Flow("GoodG2B", source, source, "", flaw.GoodSourceSink);
        }

        yield return new Flow("GoodB2G", flaw.BadSource, flaw.ReturnableSource ?? flaw.BadSource, flaw.Between, flaw.GoodSink);
    }
}

/// <summary>The code of one flow.</summary>
/// <param name="Body">The body of the function that is judged.</param>
/// <param name="Members">Other members of its class.</param>
/// <param name="Types">Other types of its file.</param>
internal sealed record FlowCode(string Body, IReadOnlyList<string> Members, IReadOnlyList<string> Types)
{
    public FlowCode(string body, params string[] members)
        : this(body, members, [])
    {
    }
}

/// <summary>A way in which control or data gets from the source to the sink.</summary>
/// <param name="Number">The number in the taxonomy.</param>
/// <param name="Construct">What it is, in words.</param>
/// <param name="Write">The content of a case file for a flaw: members of the class <c>Case</c>, then other types.</param>
internal sealed record Variant(string Number, string Construct, Func<Flaw, (IEnumerable<string> Members, IEnumerable<string> Types)> Write);
