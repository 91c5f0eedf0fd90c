using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers.Demo;

/// <summary>Ends a process that the demo started, and whatever that has started in turn.</summary>
internal static class ChildProcess
{
    private const int SigInt = 2;
    private static readonly TimeSpan s_politeness = TimeSpan.FromSeconds(5);

    /// <summary>As Ctrl-C would, so that it can remove its own temporary files; by force when it takes too long.</summary>
    public static async Task InterruptAsync(Process process)
    {
        if (process.HasExited)
        {
            return;
        }

        IReadOnlyList<Process> family = Descendants(process.Id);
        if (!OperatingSystem.IsWindows() && Kill(process.Id, SigInt) == 0)
        {
            await WaitAsync(process);
        }

        await KillAsync(process);
        foreach (Process member in family)
        {
            using (member)
            {
                await WaitAsync(member);
                await KillAsync(member);
            }
        }
    }

    /// <summary>By force, at once.</summary>
    public static async Task KillAsync(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in between.
        }

        await WaitAsync(process);
    }

    private static async Task WaitAsync(Process process)
    {
        using CancellationTokenSource patience = new(s_politeness);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Then by other means.
        }
    }

    /// <summary>Children and theirs. A build leaves its work to processes that nobody else knows of once it is gone.</summary>
    private static List<Process> Descendants(int root)
    {
        List<Process> found = [];
        if (!OperatingSystem.IsLinux())
        {
            return found; // Process.Kill finds them as long as the root lives
        }

        ILookup<int, int> children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id != 0)
            .ToLookup(ParentOf);
        Queue<int> open = new(children[root]);
        while (open.TryDequeue(out int id))
        {
            try
            {
                found.Add(Process.GetProcessById(id));
            }
            catch (ArgumentException)
            {
                continue; // gone
            }

            foreach (int child in children[id])
            {
                open.Enqueue(child);
            }
        }

        return found;
    }

    private static int ParentOf(int id)
    {
        try
        {
            // "pid (name) state parent ...", and the name may hold anything.
            string status = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int id, int signal);
}
