namespace LifetimeAnalyzers.Suite.Generator;

/// <summary>Variants 21, 22, 31 to 34, 41 to 45, 61, 62 and 68: data that moves inside one function, or by way of results and fields.</summary>
internal static class DataVariants
{
    public static IEnumerable<Variant> All =>
    [
        Of("21", "private static flag that a callee tests", (flaw, flow) => Flagged(flaw, flow, "")),
        Of("22", "static flag of another class that a callee tests", (flaw, flow) => Flagged(flaw, flow, flow.Kind + "Flags.")),
        Of("31", "copies", (flaw, flow) => new FlowCode(Text.Lines(
            Start(flaw), Made(flow, "data"), $"{flaw.Type} copy = data;", $"{flaw.Type} last = copy;", flow.Sink.On("last")))),
        Of("32", "two references to one variable", TwoReferences),
        Of("33", "ref local", (flaw, flow) => new FlowCode(Text.Lines(
            Start(flaw), $"ref {flaw.Type} alias = ref data;", Made(flow, "data"), flow.Sink.On("alias")))),
        Of("34", "overlapping fields", (flaw, flow) => new FlowCode(
            Text.Lines(Start(flaw), "Union union = default;", Made(flow, "data"), "union.First = data;", $"{flaw.Type} last = union.Second;", flow.Sink.On("last"))),
            flaw => ["[StructLayout(LayoutKind.Explicit)]\nprivate struct Union\n" + Text.Braces($"[FieldOffset(0)]\npublic {flaw.Type} First;\n\n[FieldOffset(0)]\npublic {flaw.Type} Second;")]),
        Of("42", "result of a function", (flaw, flow) => new FlowCode(
            Text.Lines($"{flaw.Type} data = {flow.Kind}Source();", flow.Between.On("data"), flow.Sink.On("data")),
            Text.Function($"private static {flaw.Type} {flow.Kind}Source()", Text.Lines(Start(flaw), flow.Returnable.On("data"), "return data;")))),
        Of("43", "ref parameter that a callee fills", (flaw, flow) => new FlowCode(
            Text.Lines(Start(flaw), $"{flow.Kind}Source(ref data);", flow.Between.On("data"), flow.Sink.On("data")),
            Text.Function($"private static void {flow.Kind}Source(ref {flaw.Type} data)", flow.Returnable.On("data")))),
        Of("45", "private static field", (flaw, flow) => new FlowCode(
            Text.Lines(Start(flaw), flow.Source.On("data"), $"s_{flow.Kind}Data = data;", flow.Between.On("data"), $"{flow.Kind}Sink();"),
            $"private static {flaw.Type} s_{flow.Kind}Data = {flaw.Null};",
            Text.Function($"private static void {flow.Kind}Sink()", Text.Lines(
                $"{flaw.Type} data = s_{flow.Kind}Data;", $"s_{flow.Kind}Data = {flaw.Null};", flow.Sink.On("data"))))),
        Of("61", "result of another class's function", (flaw, flow) => new FlowCode(
            Text.Lines($"{flaw.Type} data = {flow.Kind}Maker.Make();", flow.Between.On("data"), flow.Sink.On("data")), [],
            [Class(flow.Kind + "Maker", Text.Function($"public static {flaw.Type} Make()", Text.Lines(Start(flaw), flow.Returnable.On("data"), "return data;")))])),
        Of("62", "out parameter of another class's function", (flaw, flow) => new FlowCode(
            Text.Lines($"{flow.Kind}Maker.Make(out {flaw.Type} data);", flow.Between.On("data"), flow.Sink.On("data")), [],
            [Class(flow.Kind + "Maker", Text.Function($"public static void Make(out {flaw.Type} data)", flow.Returnable.On("data")))])),
        Of("68", "static field of another class", (flaw, flow) => new FlowCode(
            Text.Lines(Start(flaw), flow.Source.On("data"), $"{flow.Kind}Place.Data = data;", flow.Between.On("data"), $"{flow.Kind}Place.{flow.Kind}Sink();"), [],
            [Class(flow.Kind + "Place",
                $"internal static {flaw.Type} Data = {flaw.Null};",
                Text.Function($"public static void {flow.Kind}Sink()", Text.Lines($"{flaw.Type} data = Data;", $"Data = {flaw.Null};", flow.Sink.On("data"))))])),
    ];

    /// <summary>A variant that treats every flow of a flaw alike.</summary>
    public static Variant Of(
        string number, string construct, Func<Flaw, Flow, FlowCode> write, Func<Flaw, IEnumerable<string>>? shared = null) =>
        new(number, construct, flaw =>
        {
            (Flow Flow, FlowCode Code)[] codes = [.. Flow.Of(flaw).Select(flow => (flow, write(flaw, flow)))];
            return (
                [
                    .. shared?.Invoke(flaw) ?? [],
                    .. codes.SelectMany(one => (IEnumerable<string>)[Top(flaw, one.Flow, one.Code.Body), .. one.Code.Members]),
                ],
                codes.SelectMany(one => one.Code.Types));
        });

    /// <summary>A static class.</summary>
    public static string Class(string name, params string[] members) =>
        $"internal static unsafe class {name}\n" + Text.Braces(Text.Members(members));

    /// <summary>The declaration of the variable.</summary>
    public static string Start(Flaw flaw) => $"{flaw.Type} data = {flaw.Null};";

    /// <summary>Source and what follows it, on one variable.</summary>
    public static string Made(Flow flow, string variable) => Text.Lines(flow.Source, flow.Between).On(variable);

    private static string Top(Flaw flaw, Flow flow, string body) => Text.Function(
        $"public static void {flow.Kind}()", body, flow.Kind == "Bad" ? $"bad: {flaw.Ids} (or in BadSink)" : "");

    private static FlowCode TwoReferences(Flaw flaw, Flow flow)
    {
        bool isManaged = flaw.Block == Block.Array || flaw.Block == Block.Owner;
        string Reference(string name) => isManaged ? $"ref {flaw.Type} {name} = ref data;" : $"{flaw.Type}* {name} = &data;";
        string Value(string name) => isManaged ? name : "*" + name;
        return new FlowCode(Text.Lines(
            Start(flaw), Reference("first"), Reference("second"),
            Text.Braces(Text.Lines($"{flaw.Type} inner = {Value("first")};", Made(flow, "inner"), $"{Value("first")} = inner;")),
            Text.Braces(Text.Lines($"{flaw.Type} inner = {Value("second")};", flow.Sink.On("inner")))));
    }

    private static FlowCode Flagged(Flaw flaw, Flow flow, string owner)
    {
        string flag = owner.Length == 0 ? $"s_flag{flow.Kind}" : owner + "Set";
        string sink = Text.Function(
            $"{(owner.Length == 0 ? "private" : "public")} static void {flow.Kind}Sink({flaw.Type} data)",
            $"if ({(owner.Length == 0 ? flag : "Set")})\n" + Text.Braces(flow.Sink.On("data")) + "\nelse\n" + Text.Braces("Io.PrintLine(\"not asked for\");"));
        string body = Text.Lines(Start(flaw), Made(flow, "data"), $"{flag} = true;", $"{owner}{flow.Kind}Sink(data);");
        return owner.Length == 0
            ? new FlowCode(body, $"private static bool {flag};", sink)
            : new FlowCode(body, [], [Class(flow.Kind + "Flags", "internal static bool Set;", sink)]);
    }
}
