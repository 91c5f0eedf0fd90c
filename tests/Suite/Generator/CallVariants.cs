namespace LifetimeAnalyzers.Suite.Generator;

/// <summary>Variants 41, 44, 51 to 54, 63 to 67, 72 to 74, 81 and 82: data that is handed to a sink in another function.</summary>
internal static class CallVariants
{
    public static IEnumerable<Variant> All =>
    [
        DataVariants.Of("41", "argument", (flaw, flow) => Body(flaw, flow, $"{flow.Kind}Sink(data);", SinkOf(flaw, flow, "private"))),
        DataVariants.Of("44", "delegate", (flaw, flow) => Body(
            flaw, flow, $"Sink sink = {flow.Kind}Sink;\nsink(data);", SinkOf(flaw, flow, "private")), Delegate),
        Chain("51", 1), Chain("52", 2), Chain("53", 3), Chain("54", 4),
        DataVariants.Of("63", "variable passed by reference", (flaw, flow) => Other(
            flaw, flow, $"{flow.Kind}Sinks.{flow.Kind}Sink(ref data);", $"ref {flaw.Type} reference", $"{flaw.Type} data = reference;")),
        DataVariants.Of("64", "untyped pointer or object", (flaw, flow) => IsManaged(flaw)
            ? Other(flaw, flow, $"object box = data;\n{flow.Kind}Sinks.{flow.Kind}Sink(box);", "object box", $"{flaw.Type} data = ({flaw.Type})box;")
            : Other(flaw, flow, $"void* untyped = &data;\n{flow.Kind}Sinks.{flow.Kind}Sink(untyped);", "void* untyped", $"{flaw.Type} data = *({flaw.Type}*)untyped;")),
        DataVariants.Of("65", "delegate to another class's function", (flaw, flow) => Other(
            flaw, flow, $"Sink sink = {flow.Kind}Sinks.{flow.Kind}Sink;\nsink(data);", $"{flaw.Type} data", ""), Delegate),
        DataVariants.Of("66", "array element", (flaw, flow) => Other(
            flaw, flow, $"{flaw.Type}[] array = new {ArrayOf(flaw)};\narray[2] = data;\n{flow.Kind}Sinks.{flow.Kind}Sink(array);",
            $"{flaw.Type}[] array", $"{flaw.Type} data = array[2];")),
        DataVariants.Of("67", "structure", (flaw, flow) => Other(
            flaw, flow, $"Container container = default;\ncontainer.Field = data;\n{flow.Kind}Sinks.{flow.Kind}Sink(container);",
            "Case.Container container", $"{flaw.Type} data = container.Field;"),
            flaw => ["internal struct Container\n" + Text.Braces($"public {flaw.Type} Field;")]),
        Collection("72", "List", "List<{0}>", "collection.Add({0});", "collection[0]"),
        Collection("73", "LinkedList", "LinkedList<{0}>", "collection.AddLast({0});", "collection.Last!.Value"),
        Collection("74", "Dictionary", "Dictionary<int, {0}>", "collection.Add(2, {0});", "collection[2]"),
        DataVariants.Of("81", "virtual call", (flaw, flow) => Dispatched(flaw, flow, "SinkBase", "public override"),
            flaw => [$"internal abstract class SinkBase\n" + Text.Braces($"public abstract void Take({flaw.Type} data);")]),
        DataVariants.Of("82", "interface call", (flaw, flow) => Dispatched(flaw, flow, "ISink", "public"),
            flaw => [$"internal interface ISink\n" + Text.Braces($"void Take({flaw.Type} data);")]),
    ];

    private static bool IsManaged(Flaw flaw) => flaw.Block == Block.Array || flaw.Block == Block.Owner;

    private static string ArrayOf(Flaw flaw) => flaw.Type.EndsWith("[]", StringComparison.Ordinal) ? flaw.Type[..^2] + "[5][]" : flaw.Type + "[5]";

    private static IEnumerable<string> Delegate(Flaw flaw) => [$"private delegate void Sink({flaw.Type} data);"];

    private static string SinkOf(Flaw flaw, Flow flow, string access) =>
        Text.Function($"{access} static void {flow.Kind}Sink({flaw.Type} data)", flow.Sink.On("data"));

    private static FlowCode Body(Flaw flaw, Flow flow, string call, params string[] members) =>
        new(Text.Lines(DataVariants.Start(flaw), DataVariants.Made(flow, "data"), call), members);

    private static FlowCode Other(Flaw flaw, Flow flow, string call, string parameter, string take) => Body(flaw, flow, call) with
    {
        Types =
        [
            DataVariants.Class(flow.Kind + "Sinks", Text.Function(
                $"public static void {flow.Kind}Sink({parameter})", Text.Lines(take, flow.Sink.On("data")))),
        ],
    };

    private static Variant Chain(string number, int depth) => DataVariants.Of(number, $"argument through {depth} more classes", (flaw, flow) =>
    {
        IEnumerable<string> steps = Enumerable.Range(1, depth).Select(step => DataVariants.Class(
            $"{flow.Kind}Step{step}",
            step == depth
                ? SinkOf(flaw, flow, "public")
                : Text.Function($"public static void {flow.Kind}Sink({flaw.Type} data)", $"{flow.Kind}Step{step + 1}.{flow.Kind}Sink(data);")));
        return Body(flaw, flow, $"{flow.Kind}Step1.{flow.Kind}Sink(data);") with { Types = [.. steps] };
    });

    private static Variant Collection(string number, string name, string type, string add, string read) => DataVariants.Of(number, name, (flaw, flow) =>
    {
        string of = string.Format(System.Globalization.CultureInfo.InvariantCulture, type, flaw.Element);
        string added = string.Format(System.Globalization.CultureInfo.InvariantCulture, add, flaw.Block.IsPointer ? "(nint)data" : "data");
        string taken = flaw.Block.IsPointer ? $"({flaw.Type}){read}" : read;
        return Other(
            flaw, flow, $"var collection = new {of}();\n{added}\n{flow.Kind}Sinks.{flow.Kind}Sink(collection);",
            of + " collection", $"{flaw.Type} data = {taken};");
    });

    private static FlowCode Dispatched(Flaw flaw, Flow flow, string type, string access) =>
        Body(flaw, flow, $"Case.{type} sink = new {flow.Kind}Sink();\nsink.Take(data);") with
        {
            Types =
            [
                $"internal sealed unsafe class {flow.Kind}Sink : Case.{type}\n"
                    + Text.Braces(Text.Function($"{access} void Take({flaw.Type} data)", flow.Sink.On("data"))),
            ],
        };
}
