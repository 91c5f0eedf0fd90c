namespace LifetimeAnalyzers.Suite.Tests;

/// <summary>The suite is as large and as varied as it promises to be.</summary>
public sealed class SuiteHasItsSize
{
    private static readonly CaseSet Set = CaseSet.Read();

    [Fact]
    public void At_least_six_hundred_functions() =>
        Assert.True(Set.Cases.Sum(one => one.Items.Count(item => item.IsFunction)) >= 600);

    [Theory]
    [InlineData("CWE-401")]
    [InlineData("CWE-415")]
    [InlineData("CWE-416")]
    [InlineData("CWE-590")]
    [InlineData("CWE-761")]
    [InlineData("CWE-762")]
    public void Every_flow_variant_of_a_weakness_is_there(string weakness)
    {
        IEnumerable<int> numbers =
            [.. Enumerable.Range(1, 18), 21, 22, 31, 32, 33, 34, 41, 42, 44, 45, 51, 52, 53, 54, 61, 62, 63, 64, 65, 66, 67, 68, 72, 73, 74, 81, 82, 83, 84];
        var present = Set.Cases.Where(one => one.Weakness == weakness).Select(one => one.Variant).ToHashSet();
        Assert.Equal([], numbers.Select(number => number.ToString("00")).Where(number => !present.Contains(number)));
    }

    [Fact]
    public void Every_file_says_what_it_shows() =>
        Assert.Equal([], Set.Cases.Where(one => one.Weakness.Length == 0 || one.Construct.Length == 0).Select(one => one.Path));

    [Theory]
    [InlineData("LIFE001")]
    [InlineData("LIFE002")]
    [InlineData("LIFE003")]
    [InlineData("LIFE004")]
    [InlineData("LIFE005")]
    [InlineData("LIFE006")]
    [InlineData("LIFE007")]
    [InlineData("LIFE008")]
    [InlineData("LIFE009")]
    [InlineData("LIFE013")]
    [InlineData("LIFE016")]
    public void Every_rule_is_asked_for(string id) =>
        Assert.Contains(Set.Cases.SelectMany(one => one.Items).SelectMany(item => item.Expectations), one => one.Primary == id);
}
