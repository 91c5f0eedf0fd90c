using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using LifetimeAnalyzers.Demo;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    // A log file has neither colours nor a width.
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Width = 160;
}

Option<DirectoryInfo?> output = new("--output") { Description = "The folder for everything the demo writes (default: artifacts/demo in the repository). What is in it is replaced." };
Option<int> requests = new("--requests") { Description = "Measured requests per end point.", DefaultValueFactory = _ => 20 };
requests.Validators.Add(result =>
{
    // The text, since asking for the number throws when it is none.
    if (!result.Implicit && !(int.TryParse(result.Tokens.LastOrDefault()?.Value, CultureInfo.InvariantCulture, out int number) && number is >= 5 and <= 200))
    {
        result.AddError("--requests is a number from 5 to 200.");
    }
});

RootCommand command = new("Shows a leaking server being warned about, repaired by one command, and proven flat.") { output, requests };
command.SetAction(async (parsed, cancellation) =>
{
    // Ctrl-C, a polite kill and a closed window end the demo the same way: child processes first, then the program.
    using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
    try
    {
        DemoFolders folders = DemoFolders.Find(parsed.GetValue(output));
        return await new DemoRun(folders, parsed.GetValue(requests)).RunAsync(stop.Token);
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        AnsiConsole.MarkupLine("[yellow]Interrupted; nothing is left running.[/]");
        return 130;
    }
    catch (DemoException failure)
    {
        Console.Error.WriteLine(failure.Message);
        return 1;
    }
    finally
    {
        TemporaryFolder.Delete();
    }

    void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.Cancel();
    }
});

return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
