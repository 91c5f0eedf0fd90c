using System.Collections.Immutable;

namespace LifetimeAnalyzers.Suite.Tests;

/// <summary>The scoring itself, with reports placed by hand.</summary>
public sealed class ScoringTests
{
    [Fact]
    public async Task A_report_in_the_marked_function_is_a_hit() =>
        Assert.Equal(["Hit Bad LIFE003"], await JudgeAsync("void Bad() // bad: LIFE003\n { Warn003(); }"));

    [Fact]
    public async Task A_mark_on_an_expression_body_counts() =>
        Assert.Equal(["Hit Bad LIFE003"], await JudgeAsync("void Bad() => Warn003(); // bad: LIFE003"));

    [Fact]
    public async Task No_report_is_a_miss() =>
        Assert.Equal(["Miss Bad LIFE003"], await JudgeAsync("void Bad() // bad: LIFE003\n { }"));

    [Fact]
    public async Task Another_id_is_a_miss_and_an_extra() =>
        Assert.Equal(["Miss Bad LIFE003", "Extra Bad LIFE006"], await JudgeAsync("void Bad() // bad: LIFE003\n { Warn006(); }"));

    [Fact]
    public async Task An_alternative_is_a_hit() =>
        Assert.Equal(["Hit Bad LIFE004"], await JudgeAsync("void Bad() // bad: LIFE003|LIFE004 - says why\n { Warn004(); }"));

    [Fact]
    public async Task Two_expectations_need_two_reports() =>
        Assert.Equal(["Hit Bad LIFE006", "Miss Bad LIFE006"], await JudgeAsync("void Bad() // bad: LIFE006, LIFE006\n { Warn006(); }"));

    [Fact]
    public async Task A_second_report_of_one_cause_is_an_extra() =>
        Assert.Equal(["Hit Bad LIFE003", "Extra Bad LIFE003"], await JudgeAsync("void Bad() // bad: LIFE003\n { Warn003(); Warn003(); }"));

    [Fact]
    public async Task A_warning_in_a_good_function_is_false() =>
        Assert.Equal(["FalseReport Good LIFE003"], await JudgeAsync("void Good() { Warn003(); }"));

    [Fact]
    public async Task Information_in_a_good_function_is_no_false_report() =>
        Assert.Equal(["Information Good LIFE005"], await JudgeAsync("void Good() { Info005(); }"));

    [Fact]
    public async Task Information_in_a_bad_function_is_no_extra() =>
        Assert.Equal(["Hit Bad LIFE003", "Information Bad LIFE005"], await JudgeAsync("void Bad() // bad: LIFE003\n { Warn003(); Info005(); }"));

    [Fact]
    public async Task A_lambda_belongs_to_its_method() =>
        Assert.Equal(["Hit Bad LIFE003"], await JudgeAsync("void Bad() // bad: LIFE003\n { System.Action act = () => Warn003(); act(); }"));

    [Fact]
    public async Task A_local_function_is_a_function_of_its_own() =>
        Assert.Equal(["Hit Inner LIFE003"], await JudgeAsync("void Outer() { Inner(); void Inner() // bad: LIFE003\n { Warn003(); } }"));

    [Fact]
    public async Task A_good_local_function_of_a_good_method_is_judged() =>
        Assert.Equal(["FalseReport Inner LIFE003"], await JudgeAsync("void Outer() { Inner(); void Inner() { Warn003(); } }"));

    [Fact]
    public async Task A_report_in_a_function_that_the_mark_names_is_a_hit() =>
        Assert.Equal(
            ["Hit Bad LIFE006"],
            await JudgeAsync("void Bad() // bad: LIFE006 (or in Close, Dispose)\n { Dispose(); } void Dispose() { Warn006(); }"));

    [Fact]
    public async Task A_mark_on_a_type_takes_reports_of_its_members() =>
        Assert.Equal(["Hit Inner LIFE013"], await JudgeAsync("class Inner // bad: LIFE013\n { void Dispose() { C.Warn013(); } }"));

    [Fact]
    public async Task A_mark_on_a_field_takes_a_report_there() =>
        Assert.Equal(["Hit _field LIFE013"], await JudgeAsync("int _field = Warn013(); // bad: LIFE013"));

    [Fact]
    public async Task The_field_of_a_marked_function_is_as_good_for_the_rule_of_owning_types() =>
        Assert.Equal(["Hit Fill LIFE013"], await JudgeAsync("int _field = Warn013(); void Fill() // bad: LIFE013\n { }"));

    [Fact]
    public async Task The_field_of_a_marked_function_is_no_place_for_other_rules() =>
        Assert.Equal(["Miss Fill LIFE003", "FalseReport _field LIFE003"], await JudgeAsync("int _field = Warn003(); void Fill() // bad: LIFE003\n { }"));

    [Fact]
    public async Task Known_misses_are_told_apart()
    {
        CaseFile @case = CaseFile.Read("a/b.cs", "class C { void Bad() // bad: LIFE003\n { } }");
        ImmutableArray<KnownMiss> known = KnownMiss.Read(["# why", "", "a/b.cs :: C.Bad :: too hard"]);
        Finding finding = Assert.Single(Scoring.Of(@case, [], known));
        Assert.Equal(Verdict.KnownMiss, finding.Verdict);
        Assert.Equal(0, Tally.Of([finding]).Recall);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Figures_count_warnings_and_information_apart()
    {
        var tally = Tally.Of(await FindingsAsync(
            "void A() // bad: LIFE003\n { Warn003(); } void B() // bad: LIFE006\n { } void C() // bad: LIFE005\n { Info005(); } void D() { Warn007(); Info005(); }"));
        Assert.Equal(new Tally(2, 1, 1, 1, 1, 1, 0), tally);
        Assert.Equal(0.5, tally.Recall);
        Assert.Equal(0.5, tally.Precision);
    }

    [Fact]
    public async Task An_exception_of_the_analyzer_is_seen()
    {
        CaseFile @case = CaseFile.Read("a.cs", "class C { void M() { Crash(); } static void Crash() { } }");
        AnalyzerRun run = await RunAsync(@case);
        Assert.NotEmpty(run.Failures);
    }

    [Theory]
    [InlineData("void Bad() // bad: LIFE03\n { }")]
    [InlineData("void Bad() // bad:\n { }")]
    public void A_mark_that_cannot_be_read_is_an_error(string member) =>
        Assert.Throws<FormatException>(() => CaseFile.Read("a.cs", "class C { " + member + " }"));

    [Fact]
    public void A_known_miss_without_reason_is_an_error() =>
        Assert.Throws<FormatException>(() => KnownMiss.Read(["a.cs :: Bad"]));

    private static async Task<IEnumerable<string>> JudgeAsync(string members) =>
        (await FindingsAsync(members)).Select(one =>
            $"{one.Verdict} {one.Item!.SimpleName} {one.Report?.Id ?? one.Expectation!.Primary}");

    private static async Task<ImmutableArray<Finding>> FindingsAsync(string members)
    {
        string stubs = string.Concat(new[] { "Warn003", "Warn004", "Warn006", "Warn007", "Warn013", "Info005" }
            .Select(name => $"internal static int {name}() => 0;\n"));
        CaseFile @case = CaseFile.Read("a.cs", "unsafe class C {\n" + stubs + members.Replace("C.Warn013", "Warn013", StringComparison.Ordinal) + "\n}");
        AnalyzerRun run = await RunAsync(@case);
        Assert.Empty(run.Failures);
        return Scoring.Of(@case, run.Reports, []);
    }

    private static Task<AnalyzerRun> RunAsync(CaseFile @case) =>
        AnalyzerRun.OfAsync(new MarkedCallAnalyzer(), CaseCompilation.Of("test", [@case.Tree]), concurrent: false, CancellationToken.None);
}
