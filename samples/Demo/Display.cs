using System.Diagnostics;
using Spectre.Console;

namespace LifetimeAnalyzers.Demo;

/// <summary>What the person at the console sees.</summary>
internal static class Display
{
    /// <summary>Runs a step with a spinner, then leaves a line that says how long it took.</summary>
    public static async Task<T> StepAsync<T>(string what, Func<Action<string>, Task<T>> step)
    {
        long start = Stopwatch.GetTimestamp();
        T result = await AnsiConsole.Status().StartAsync(what.EscapeMarkup(), context => step(detail => context.Status($"{what.EscapeMarkup()} [grey]{detail.EscapeMarkup()}[/]")));
        AnsiConsole.MarkupLineInterpolated($"[green]done[/]  {what} [grey]({Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s)[/]");
        return result;
    }

    public static Task StepAsync(string what, Func<Task> step) => StepAsync(what, async _ =>
    {
        await step();
        return true;
    });

    /// <summary>Lines as they were printed, without wrapping or markup.</summary>
    public static void Verbatim(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Console.WriteLine($"      {line}");
        }
    }

    public static void Diff(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string colour = line switch { ['+', ..] => "green", ['-', ..] => "red", ['@', ..] => "blue", _ => "grey" };
            AnsiConsole.MarkupLine($"      [{colour}]{line.EscapeMarkup()}[/]");
        }
    }

    public static void GrowthTable(IReadOnlyList<Series> before, IReadOnlyList<Series> after)
    {
        Table table = new Table().Border(TableBorder.Simple).Title("Growth per request, median, KiB");
        table.AddColumn("end point");
        foreach (string column in new[] { "virtual before", "virtual after", "resident before", "resident after" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach ((Series was, Series now) in before.Zip(after))
        {
            table.AddRow(was.EndPoint.Path, Growth(was.VirtualGrowth), Growth(now.VirtualGrowth), Growth(was.ResidentGrowth), Growth(now.ResidentGrowth));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Prints every claim and returns whether all hold.</summary>
    public static bool Judge(IReadOnlyList<Claim> claims)
    {
        foreach (Claim claim in claims)
        {
            AnsiConsole.MarkupLine($"{(claim.Holds ? "[green]holds[/]" : "[red]FAILS[/]")} {claim.Statement.EscapeMarkup()} [grey]({claim.Observed.EscapeMarkup()})[/]");
        }

        return claims.All(claim => claim.Holds);
    }

    private static string Growth(long kib) => Math.Abs(kib) >= 1024 ? $"[red]{kib:+0;-0}[/]" : $"[green]{kib:+0;-0;0}[/]";
}
