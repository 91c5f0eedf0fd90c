namespace LifetimeAnalyzers.Fuzz.Tests;

/// <summary>The mutants are what their names say.</summary>
public sealed class MutationTests
{
    private const string Text = "class C { void M() { int i = 1; } }";

    [Fact]
    public void A_prefix_ends_before_a_token() =>
        Assert.All(Mutations.Prefixes(Text, 5, new Random(1)), one => Assert.StartsWith(one, Text, StringComparison.Ordinal));

    [Fact]
    public void Every_prefix_is_made_when_there_is_room() =>
        Assert.Equal(15, Mutations.Prefixes(Text, 100, new Random(1)).Count());

    [Fact]
    public void A_deletion_is_shorter() =>
        Assert.All(Mutations.Deletions(Text, 5, new Random(1)), one => Assert.InRange(one.Length, 0, Text.Length - 1));

    [Fact]
    public void An_exchange_keeps_the_letters() =>
        Assert.All(
            Mutations.Exchanges(Text, 5, new Random(1)),
            one => Assert.Equal(Text.Order(), one.Order()));

    [Fact]
    public void One_seed_gives_one_series() =>
        Assert.Equal(Mutations.Deletions(Text, 5, new Random(7)), Mutations.Deletions(Text, 5, new Random(7)));
}
