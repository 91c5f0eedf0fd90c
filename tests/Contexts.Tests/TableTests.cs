using LifetimeAnalyzers.Contexts.Tables;
using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Contexts.Tests;

/// <summary>A table line whose name does not exist would never find anything: these names are looked up in the framework's own assemblies.</summary>
public sealed class TableTests
{
    private static readonly string[] s_inTheFramework = ["Microsoft.AspNetCore.", "Microsoft.Extensions.", "System."];

    /// <summary>Of older frameworks, or of packages outside of the shared framework.</summary>
    private static readonly string[] s_elsewhere =
        ["System.Web.", "System.ServiceModel.", "System.ServiceProcess.", "System.ObservableExtensions", "System.Windows.Forms.", "Microsoft.AspNetCore.Hosting.IStartup"];

    public static TheoryData<string, string> Members()
    {
        var data = new TheoryData<string, string>();
        ContextRule[] rules = [.. RequestHandlerTable.Rules, .. FrameworkTable.Rules, .. ProcessTable.Rules, .. DelegateTable.Callees, .. DelegateTable.ScopedFactories, .. DelegateTable.Events];
        IEnumerable<(string, string)> all = rules.Where(rule => rule.Reach != RuleReach.ByName).Select(rule => (rule.Type, rule.Methods))
            .Concat(rules.Where(rule => rule.Reach == RuleReach.ByName).Select(rule => (rule.Type, "*")))
            .Concat(DelegateTable.Types.Concat(AttributeTable.OnMethods).Concat(AttributeTable.OnTypes).Select(rule => (rule.Type, "*")))
            .Concat(ProcessTable.RequestParameters.Concat(ProcessTable.StartUpParameters).Concat(RegistrationTable.InstanceLifetimes.Keys).Select(name => (name, "*")))
            .Concat(LoopTable.Signs.Select(sign => (sign.Type, sign.Members)))
            .Concat(WorkTable.Rules.Select(rule => (rule.Type, rule.Methods)));
        foreach ((string type, string members) in all.Distinct())
        {
            if (s_inTheFramework.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal)) && !s_elsewhere.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal)))
            {
                data.Add(type, members);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Members))]
    public async Task The_framework_has_it(string type, string members)
    {
        Compilation compilation = await new ContextTest().Compile();
        IEnumerable<INamedTypeSymbol> found = compilation.GetTypesByMetadataName(type);
        Assert.NotEmpty(found);
        foreach (string member in members.Split('|').Where(member => member != "*"))
        {
            Assert.Contains(found.First().MemberNames, name => member.EndsWith('*') ? name.StartsWith(member.TrimEnd('*'), StringComparison.Ordinal) : name == member);
        }
    }

    [Fact]
    public void Most_lines_are_checked() => Assert.True(Members().Count > 150, $"{Members().Count}");

    [Theory]
    [InlineData("*", "Anything", true)]
    [InlineData("OnGet*|OnPost*", "OnPostAsync", true)]
    [InlineData("OnGet*|OnPost*", "OnPut", false)]
    [InlineData("Get|Post", "Post", true)]
    [InlineData("Get|Post", "Posted", false)]
    [InlineData("Get|Post", "Ge", false)]
    public void Names_of_a_line(string methods, string member, bool expected) =>
        Assert.Equal(expected, new ContextRule("T", methods, ExecutionContextKind.RequestHandler, "").Names(member));
}
