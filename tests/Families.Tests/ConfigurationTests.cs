using LifetimeAnalyzers.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeAnalyzers.Families.Tests;

public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("hosting_model", "persistent")]
    [InlineData("hosting_model", "Request")]
    [InlineData("request_handlers", "My.Handler, My.Other.Run  T:My.Generic`1, M:My.Type.Handle*, My.Outer+Nested")]
    [InlineData("request_handlers", "")]
    [InlineData("persistent_servers", "Loop")]
    [InlineData("throwing_paths", "all")]
    [InlineData("pooled_buffers_on_throw", "true")]
    [InlineData("analysis_budget", "10")]
    public void A_value_that_is_understood_is_not_reported(string name, string value) => Assert.Empty(Problems($"{OptionDefinition.Prefix}{name} = {value}"));

    [Theory]
    [InlineData("hosting_model", "forever", "'lifetime_analyzers.hosting_model = forever': 'forever' is not one of 'request', 'persistent'; 'request' is assumed")]
    [InlineData("request_handlers", "My.Handler, 2nd", "'2nd' is no name of a type or method")]
    [InlineData("request_handlers", "My.Handler(System.Int32)", "without parameter list")]
    [InlineData("persistent_servers", "A..B", "'A..B' is no name of a type or method")]
    [InlineData("persistent_servers", "A.B, *C", "'*C' is no name of a type or method; write 'Namespace.Type'")]
    [InlineData("throwing_paths", "some", "'servers', 'all', 'none'; 'servers' is assumed")]
    [InlineData("pooled_buffers_on_throw", "yes", "'yes' is not one of 'true', 'false'; 'false' is assumed")]
    [InlineData("analysis_budget", "0", "'0' is no whole number from 1 to 100; '1' is assumed")]
    [InlineData("analysis_budget", "1.5", "'1.5' is no whole number from 1 to 100")]
    [InlineData("hostingmodel", "persistent", "the option 'lifetime_analyzers.hostingmodel' does not exist and is ignored; did you mean 'lifetime_analyzers.hosting_model'?")]
    [InlineData("something_else", "1", "the options are lifetime_analyzers.hosting_model, lifetime_analyzers.request_handlers")]
    public void Nonsense_is_reported_with_what_is_allowed_and_assumed(string name, string value, string expected) =>
        Assert.Contains(expected, Assert.Single(Problems($"{OptionDefinition.Prefix}{name} = {value}")), StringComparison.Ordinal);

    [Fact]
    public void A_value_is_reported_once_however_many_files_it_applies_to()
    {
        var config = new EditorConfig(("/src/.editorconfig", "[*.cs]\nlifetime_analyzers.hosting_model = never"));
        var compilation = Compile.Source("").AddSyntaxTrees(Tree("/src/a.cs"), Tree("/src/b/c.cs"));

        Assert.Single(ConfigurationProblems.In(compilation, new AnalyzerOptions([], config), CancellationToken.None));
    }

    [Fact]
    public void Nonsense_is_reported_at_its_line_where_the_file_is_at_hand()
    {
        const string Text = "root = true\n[*.cs]\nlifetime_analyzers.throwing_paths = all\nlifetime_analyzers.hosting_model = never # ever\n";
        var options = new AnalyzerOptions(Compile.Options(("/src/.editorconfig", Text)).AdditionalFiles, new EditorConfig(("/src/.editorconfig", Text)));
        var problem = Assert.Single(ConfigurationProblems.In(Compile.Source("").AddSyntaxTrees(Tree("/src/a.cs")), options, CancellationToken.None));

        Assert.Equal(("/src/.editorconfig", 3), (problem.Location.GetLineSpan().Path, problem.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Fact]
    public void Options_apply_by_folder_and_nonsense_is_the_default()
    {
        var reader = new OptionReader(new EditorConfig(
            ("/src/.editorconfig", "[*.cs]\nlifetime_analyzers.hosting_model = persistent\nlifetime_analyzers.request_handlers = A.B, 2, C.D"),
            ("/src/web/.editorconfig", "[*.cs]\nlifetime_analyzers.hosting_model = nonsense")));

        Assert.Equal(HostingModel.Persistent, reader.Get(Options.HostingModel, Tree("/src/a.cs")));
        Assert.Equal(HostingModel.Request, reader.Get(Options.HostingModel, Tree("/src/web/a.cs")));
        Assert.Equal(HostingModel.Request, reader.Get(Options.HostingModel, Tree("/else/a.cs")));
        Assert.Equal(["A.B", "C.D"], reader.Get(Options.RequestHandlers, Tree("/src/a.cs")).ToArray());
        Assert.Equal(1, reader.Get(Options.AnalysisBudget, null));
    }

    [Fact]
    public void A_host_that_cannot_list_its_keys_still_has_its_values_looked_at()
    {
        var problem = Assert.Single(ConfigurationProblems.In(Compile.Source(""), new AnalyzerOptions([], new NoKeys()), CancellationToken.None));

        Assert.Contains("hosting_model = never", problem.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_compiler_takes_the_reports_with_and_without_a_place()
    {
        var options = new AnalyzerOptions(Compile.Options(("/src/own.lifetime.txt", "nonsense")).AdditionalFiles, new EditorConfig(("/.editorconfig", "[*.cs]\nlifetime_analyzers.hosting_model = never")));
        var compilation = Compile.Source("").AddSyntaxTrees(Tree("/src/a.cs"));
        var diagnostics = await compilation.WithAnalyzers([new LifetimeAnalyzer()], options).GetAnalyzerDiagnosticsAsync(CancellationToken.None);

        Assert.Equal(["LIFE090", "LIFE090"], diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void The_defaults_are_values_of_their_options() =>
        Assert.All(Options.All, option => Assert.True(option.DefaultText.Length == 0 || option.ProblemOf(option.DefaultText) is null, option.Key));

    [Fact]
    public void The_page_has_the_table_of_the_options()
    {
        var table = "| key | default | values | meaning |\n| --- | --- | --- | --- |\n" + string.Concat(Options.All.Select(option =>
            $"| `{option.Key}` | {(option.DefaultText.Length == 0 ? "none" : $"`{option.DefaultText}`")} | {option.Allowed} | {option.Documentation} |\n"));

        Documentation.Holds("configuration.md", "options", table);
    }

    private static IEnumerable<string> Problems(string line) =>
        ConfigurationProblems.In(Compile.Source("").AddSyntaxTrees(Tree("/src/a.cs")), new AnalyzerOptions([], new EditorConfig(("/src/.editorconfig", "[*.cs]\n" + line))), CancellationToken.None)
            .Select(problem => problem.GetMessage());

    private static SyntaxTree Tree(string path) => CSharpSyntaxTree.ParseText("", new CSharpParseOptions(LanguageVersion.Preview), path);

    private sealed class NoKeys : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = "never";
                return key == Options.HostingModel.Key;
            }
        }
    }
}
