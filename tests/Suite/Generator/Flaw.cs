namespace LifetimeAnalyzers.Suite.Generator;

/// <summary>
/// A mistake in the two halves that the flow variants tear apart. In the templates <c>@</c> stands for the variable.
/// </summary>
/// <param name="Weakness">The number of the weakness: 401.</param>
/// <param name="Name">What distinguishes it from the others of its weakness; part of file names.</param>
/// <param name="Ids">The expected rules, the best first.</param>
/// <param name="Type">The type of the variable.</param>
/// <param name="Null">The value of an empty variable.</param>
/// <param name="Element">The type under which it is kept in generic collections.</param>
/// <param name="BadSource">Gives the variable the value that the mistake is made with.</param>
/// <param name="Between">What the bad and the repaired flow do after <paramref name="BadSource"/>; not part of a source that returns.</param>
/// <param name="BadSink">Makes the mistake.</param>
/// <param name="GoodSink">Does the right thing with what <paramref name="BadSource"/> gave.</param>
/// <param name="GoodSource">Gives a value with which <paramref name="GoodSourceSink"/> is right; null when there is no such value.</param>
/// <param name="GoodSourceSink">The sink that goes with <paramref name="GoodSource"/>.</param>
internal sealed record Flaw(
    int Weakness, string Name, string Ids, string Type, string Null, string Element,
    string BadSource, string Between, string BadSink, string GoodSink, string? GoodSource, string GoodSourceSink)
{
    /// <summary>A source whose value outlives the function that makes it; null when <see cref="BadSource"/> does.</summary>
    public string? ReturnableSource { get; init; }

    /// <summary>The block that it is about.</summary>
    public required Block Block { get; init; }
}
