using System.Text;
using LifetimeAnalyzers.Contexts.Tables;

namespace LifetimeAnalyzers.Contexts.Tests;

/// <summary>The page about contexts lists the tables as they are. To renew it, run the tests with <c>UPDATE_DOCS=1</c>.</summary>
public sealed class PageTests
{
    private const string Begin = "<!-- tables -->";
    private const string End = "<!-- end of tables -->";

    [Fact]
    public void The_page_lists_the_tables()
    {
        string path = PathOfPage();
        string page = File.ReadAllText(path);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        string expected = Tables();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, page[..begin] + expected + page[end..]);
            return;
        }

        Assert.Equal(expected, page[begin..end]);
    }

    private static string Tables()
    {
        var text = new StringBuilder("\n");
        Lines(text, "Base types and interfaces", [.. RequestHandlerTable.Rules, .. FrameworkTable.Rules, .. ProcessTable.Rules]);
        Lines(text, "Attributes of methods and of the members they implement", AttributeTable.OnMethods);
        Lines(text, "Attributes of classes", AttributeTable.OnTypes);
        Lines(text, "Types of delegates", DelegateTable.Types);
        Lines(text, "Methods that are handed delegates", [.. DelegateTable.Callees, .. DelegateTable.ScopedFactories]);
        Lines(text, "Events", DelegateTable.Events);
        Names(text, "Parameters that only request handlers have", ProcessTable.RequestParameters);
        Names(text, "Parameters that only start-up code has", ProcessTable.StartUpParameters);
        text.Append("### Signs of persistent loops\n\n| what | type | members | where |\n| --- | --- | --- | --- |\n");
        foreach (LoopSign sign in LoopTable.Signs)
        {
            text.Append($"| {sign.Words["the ".Length..]} | {Code(sign.Type)} | {Code(sign.Members.Replace("|", "`, `", StringComparison.Ordinal))} | {Where(sign.Part)} |\n");
        }

        return text.Append('\n').ToString();
    }

    private static void Lines(StringBuilder text, string title, ContextRule[] rules)
    {
        text.Append($"### {title}\n\n| what | type | members | context |\n| --- | --- | --- | --- |\n");
        foreach (ContextRule rule in rules)
        {
            text.Append($"| {rule.Words["the ".Length..]} | {Code(rule.Type)} | {(rule.Methods == "*" ? "all" : Code(rule.Methods.Replace("|", "`, `", StringComparison.Ordinal)))} | {Context(rule.Kind)} |\n");
        }

        text.Append('\n');
    }

    private static void Names(StringBuilder text, string title, string[] names)
    {
        text.Append($"### {title}\n\n");
        foreach (string name in names)
        {
            text.Append($"- {Code(name)}\n");
        }

        text.Append('\n');
    }

    private static string Code(string name) => name.Contains('`', StringComparison.Ordinal) && !name.Contains("`, `", StringComparison.Ordinal) ? $"`` {name} ``" : $"`{name}`";

    private static string Context(ExecutionContextKind kind) => kind switch
    {
        ExecutionContextKind.RequestHandler => "request handler",
        ExecutionContextKind.PersistentServer => "persistent server",
        _ => "start-up",
    };

    private static string Where(LoopPart part) => part switch
    {
        LoopPart.Condition => "condition",
        LoopPart.Body => "body of an open loop",
        LoopPart.Source => "what `await foreach` or `foreach` goes through",
        _ => "body of a loop over a flag",
    };

    private static string PathOfPage()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "contexts.md")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(Assert.IsType<DirectoryInfo>(folder).FullName, "docs", "contexts.md");
    }
}
