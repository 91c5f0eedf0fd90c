using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Tests;

/// <summary>What holds for every rule's descriptor.</summary>
public class RuleDescriptorTests
{
    public static TheoryData<string> Ids => [.. Rules.Select(rule => rule.Id)];

    private static IReadOnlyList<DiagnosticDescriptor> Rules => new LifetimeAnalyzer().SupportedDiagnostics;

    [Fact]
    public void Ids_are_unique_and_in_order() =>
        Assert.Equal(Rules.Select(rule => rule.Id).Order(StringComparer.Ordinal).Distinct(), Rules.Select(rule => rule.Id));

    [Fact]
    public void Every_rule_that_is_defined_is_supported()
    {
        var defined = typeof(LifetimeAnalyzer).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => ((DiagnosticDescriptor)field.GetValue(null)!).Id);

        Assert.Equal(defined.Order(StringComparer.Ordinal), Rules.Select(rule => rule.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Help_link_names_the_page_of_the_rule(string id) =>
        Assert.EndsWith($"/docs/rules/{id}.md", Rule(id).HelpLinkUri, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Title_and_message_are_no_sentences_with_a_period(string id)
    {
        Assert.DoesNotMatch(@"\.$", Rule(id).Title.ToString());
        Assert.DoesNotMatch(@"\.$", Rule(id).MessageFormat.ToString());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Description_is_a_sentence(string id) => Assert.Matches(@"^[A-Z`].*\.$", Rule(id).Description.ToString());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_is_on_by_default(string id) => Assert.True(Rule(id).IsEnabledByDefault);

    private static DiagnosticDescriptor Rule(string id) => Rules.Single(rule => rule.Id == id);
}
