namespace LifetimeAnalyzers.Suite.Generator;

/// <summary>Variants 01 to 18: source and sink in one function, each behind a condition that has one outcome.</summary>
internal static class ControlVariants
{
    private const string Nothing = "Io.PrintLine(\"nothing to do\");";

    public static IEnumerable<Variant> All =>
    [
        new("01", "baseline", flaw => (Plain(flaw), [])),
        If("02", "if (true)", "", "true", "false"),
        If("03", "if (5 == 5)", "", "5 == 5", "5 != 5"),
        If("04", "private const bool", "private const bool Yes = true;\nprivate const bool No = false;", "Yes", "No"),
        If("05", "private static bool", "private static bool s_yes = true;\nprivate static bool s_no = false;", "s_yes", "s_no"),
        If("06", "private const int", "private const int Five = 5;", "Five == 5", "Five != 5"),
        If("07", "private static int", "private static int s_five = 5;", "s_five == 5", "s_five != 5"),
        If("08", "private method that returns a constant", "private static bool Yes() => true;\n\nprivate static bool No()\n{\n    return false;\n}", "Yes()", "No()"),
        If("09", "read-only field of another class", "", "Globals.ReadOnlyTrue", "Globals.ReadOnlyFalse"),
        If("10", "static field of another class", "", "Globals.True", "Globals.False"),
        If("11", "method of another class that returns a constant", "", "Globals.ReturnsTrue()", "Globals.ReturnsFalse()"),
        new("12", "either branch, not to be foreseen", flaw => (Either(flaw), [])),
        If("13", "constant of another class", "", "Globals.ConstFive == 5", "Globals.ConstFive != 5"),
        If("14", "static number of another class", "", "Globals.Five == 5", "Globals.Five != 5"),
        Always("15", "switch (6)", Switch, SwitchElse),
        Always("16", "while (true) with break", body => "while (true)\n" + Text.Braces(body + "\nbreak;"), null),
        Always("17", "for, once", body => "for (int i = 0; i < 1; i++)\n" + Text.Braces(body), null),
        new("18", "goto", flaw => (Goto(flaw), [])),
    ];

    private static Variant If(string number, string construct, string declarations, string yes, string no) => Always(
        number, construct,
        body => $"if ({yes})\n" + Text.Braces(body),
        (other, body) => $"if ({no})\n" + Text.Braces(other) + "\nelse\n" + Text.Braces(body),
        declarations);

    private static string Switch(string body) =>
        "switch (6)\n" + Text.Braces("case 6:\n" + (body + "\nbreak;").Indent() + "\ndefault:\n" + (Nothing + "\nbreak;").Indent());

    private static string SwitchElse(string other, string body) =>
        "switch (5)\n" + Text.Braces("case 6:\n" + (other + "\nbreak;").Indent() + "\ndefault:\n" + (body + "\nbreak;").Indent());

    private static IEnumerable<string> Plain(Flaw flaw) => Flow.Of(flaw).Select(flow => TopFunction(
        flaw, flow.Kind, Start(flaw), flow.Source.On("data"), flow.Between.On("data"), flow.Sink.On("data")));

    private static Variant Always(
        string number, string construct, Func<string, string> then, Func<string, string, string>? otherwise, string declarations = "") =>
        new(number, construct, flaw => (Functions(flaw, then, otherwise, declarations), []));

    private static IEnumerable<string> Functions(
        Flaw flaw, Func<string, string> then, Func<string, string, string>? otherwise, string declarations)
    {
        yield return declarations;
        foreach (Flow flow in Flow.Of(flaw))
        {
            string source = Text.Lines(flow.Source, flow.Between).On("data");
            string sink = flow.Sink.On("data");
            yield return TopFunction(flaw, flow.Kind, Start(flaw), then(source), then(sink));
            if (otherwise is not null && flow.Kind == "GoodG2B")
            {
                yield return TopFunction(flaw, "GoodG2BElse", Start(flaw), otherwise(Nothing, source), then(sink));
            }
            else if (otherwise is not null && flow.Kind == "GoodB2G")
            {
                yield return TopFunction(flaw, "GoodB2GElse", Start(flaw), then(source), otherwise(Nothing, sink));
            }
        }
    }

    private static IEnumerable<string> Either(Flaw flaw)
    {
        string Choose(string then, string otherwise) =>
            "if (Globals.ReturnsTrueOrFalse())\n" + Text.Braces(then) + "\nelse\n" + Text.Braces(otherwise);

        foreach (Flow flow in Flow.Of(flaw))
        {
            string source = Text.Lines(flow.Source, flow.Between).On("data");
            string sink = flow.Sink.On("data");
            string other = flow.Kind == "Bad" ? flaw.GoodSink.On("data") : sink;

            // Both sources leak, each by itself; the other mistakes are made in one place.
            Flaw marked = flaw.Weakness == 401 ? flaw with { Ids = $"{flaw.Ids}, {flaw.Ids}" } : flaw;
            yield return TopFunction(marked, flow.Kind, Start(flaw), Choose(source, source), Choose(sink, other));
        }
    }

    private static IEnumerable<string> Goto(Flaw flaw) => Flow.Of(flaw).Select(flow => TopFunction(
        flaw, flow.Kind, Start(flaw), "goto source;", "source:", Text.Lines(flow.Source, flow.Between).On("data"),
        "goto sink;", "sink:", flow.Sink.On("data")));

    private static string Start(Flaw flaw) => $"{flaw.Type} data = {flaw.Null};";

    private static string TopFunction(Flaw flaw, string kind, params string[] body) => Text.Function(
        $"public static void {kind}()", Text.Lines(body), kind == "Bad" ? "bad: " + flaw.Ids : "");
}
