namespace LifetimeAnalyzers.Suite.Generator;

/// <summary>Variants 83 and 84: the data in a field; the constructor is the source, <c>Dispose</c> the sink.</summary>
internal static class ObjectVariants
{
    public static IEnumerable<Variant> All =>
    [
        new("83", "field, released by using", flaw => Write(flaw, InDispose)),
        new("84", "field, object used step by step", flaw => Write(flaw, ByUser)),
    ];

    private static (IEnumerable<string> Members, IEnumerable<string> Types) Write(Flaw flaw, Func<Flaw, Flow, Holder?> write)
    {
        (Flow Flow, Holder Holder)[] holders =
            [.. Flow.Of(flaw).Select(flow => (flow, write(flaw, flow))).Where(one => one.Item2 is not null).Select(one => (one.flow, one.Item2!))];
        return (
            holders.Select(one => Text.Function($"public static void {one.Flow.Kind}()", one.Holder.User, MarkOf(one.Flow, one.Holder, "User"))),
            holders.Select(one => TypeOf(flaw, one.Flow, one.Holder)));
    }

    private static string TypeOf(Flaw flaw, Flow flow, Holder holder)
    {
        string name = flow.Kind + "Holder";
        string mark = MarkOf(flow, holder, "Type");
        string constructor = holder.Given
            ? Text.Function($"public {name}({flaw.Type} data)", "_data = data;")
            : Text.Function($"public {name}()", Text.Lines(DataVariants.Start(flaw), flow.Returnable.On("data"), "_data = data;"));
        return $"internal sealed unsafe class {name} : IDisposable" + (mark.Length == 0 ? "" : " // " + mark) + "\n" + Text.Braces(Text.Members(
        [
            $"private {flaw.Type} _data;",
            constructor,
            .. holder.Methods,
            Text.Function("public void Dispose()", holder.Dispose, MarkOf(flow, holder, "Dispose")),
        ]));
    }

    private static string MarkOf(Flow flow, Holder holder, string place) =>
        flow.Kind == "Bad" && holder.MarkAt == place ? holder.Mark : "";

    /// <summary>The mistake is inside the type: its own Dispose makes it.</summary>
    private static Holder? InDispose(Flaw flaw, Flow flow)
    {
        string use = "holder.Show();";
        string user = $"using var holder = new {flow.Kind}Holder();\n";
        string show = Text.Function("public void Show()", flaw.Block.Use.On("_data"));
        string free = flow.Sink.On("_data");
        string clear = $"_data = {flaw.Null};";
        return flaw.Weakness switch
        {
            401 => new Holder(user + use, free, "Type", "bad: LIFE013|" + flaw.Ids, show),
            415 => new Holder(
                user + "holder.Show();", flow.Kind == "GoodG2B" ? free : Text.Lines("Close();", flow.Sink.On("_data")), "Dispose", "bad: LIFE006 (or in Close)",
                show, flow.Kind == "GoodG2B" ? "" : Text.Function("private void Close()", flow.Between.On("_data"))),
            416 => new Holder(
                user + use, flow.Kind == "GoodG2B" ? free : Text.Lines(flow.Between.On("_data"), flow.Sink.On("_data")), "Dispose", "bad: LIFE007", show),
            590 => new Holder(user + use, free, "Dispose", "bad: LIFE009 (or in .ctor)", show),
            761 => new Holder(user + use, free, "Dispose", "bad: LIFE009", show),
            762 => new Holder(user + use, Text.Lines(free, clear), "Dispose", "bad: LIFE008 (or in .ctor)", show),
            _ => null,
        };
    }

    /// <summary>The mistake is what the user of the type does with it.</summary>
    private static Holder? ByUser(Flaw flaw, Flow flow)
    {
        string user = $"var holder = new {flow.Kind}Holder();\n";
        string show = Text.Function("public void Show()", flaw.Block.Use.On("_data"));
        string free = flaw.Block.Free.On("_data");
        bool isBad = flow.Kind == "Bad";
        Holder Given(string ids, string sink) => new(
            Text.Lines(DataVariants.Start(flaw), flow.Source.On("data"), $"var holder = new {flow.Kind}Holder(data);", "holder.Show();", "holder.Dispose();"),
            sink, "User", $"bad: {ids} (or in Dispose)", show)
        { Given = true };

        return flaw.Weakness switch
        {
            401 => Given("LIFE013|" + flaw.Ids, flow.Sink.On("_data")) with { MarkAt = "Type", Mark = $"bad: LIFE013|{flaw.Ids} (or in Bad)" },
            415 => flow.Kind == "GoodG2B" ? null : new Holder(
                user + "holder.Show();\nholder.Close();\nholder.Dispose();", isBad ? free : "Close();", "User", "bad: LIFE006|LIFE013 (or in Close, Dispose)",
                show, Text.Function("public void Close()", isBad ? free : Guarded(flaw, free))),
            416 => flow.Kind == "GoodG2B" ? null : new Holder(
                user + (isBad ? "holder.Dispose();\nholder.Show();" : "holder.Show();\nholder.Dispose();"), free, "User", "bad: LIFE007 (or in Show)", show),
            590 => Given(flaw.Ids, flow.Sink.On("_data")),
            761 => new Holder(
                user + "holder.Seek();\nholder.Show();\nholder.Dispose();", isBad ? free : free.Replace("_data", "_start"), "User",
                "bad: LIFE009|LIFE013 (or in Seek, Dispose)", show,
                isBad ? "" : $"private {flaw.Type} _start;",
                Text.Function("public void Seek()", Text.Lines(isBad ? "" : "_start = _data;", "_data += 4;"))),
            762 => Given(flaw.Ids, flow.Sink.On("_data")),
            _ => null,
        };
    }

    private static string Guarded(Flaw flaw, string free)
    {
        string test = flaw.Type switch
        {
            "GCHandle" => "_data.IsAllocated",
            "nint" => "_data != 0",
            _ => "_data != null",
        };
        return $"if ({test})\n" + Text.Braces(Text.Lines(free, flaw.Type == "GCHandle" ? "" : $"_data = {flaw.Null};"));
    }

    /// <param name="User">The function that uses the type.</param>
    /// <param name="Dispose">The body of Dispose.</param>
    /// <param name="MarkAt">Where the mark goes: Type, Dispose or User.</param>
    /// <param name="Mark">The mark of the bad flow.</param>
    /// <param name="Methods">The other members.</param>
    private sealed record Holder(string User, string Dispose, string MarkAt, string Mark, params string[] Methods)
    {
        /// <summary>The user makes the data and hands it to the constructor.</summary>
        public bool Given { get; init; }
    }
}
