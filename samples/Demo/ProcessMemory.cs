using System.Diagnostics;
using System.Globalization;

namespace LifetimeAnalyzers.Demo;

/// <summary>A process's memory in KiB. <see cref="Virtual"/> is address space on Linux and private memory elsewhere.</summary>
internal readonly record struct ProcessMemory(long Virtual, long Resident)
{
    public static ProcessMemory Read(Process process)
    {
        if (OperatingSystem.IsLinux())
        {
            long size = 0, resident = 0;
            foreach (string line in File.ReadLines($"/proc/{process.Id}/status"))
            {
                if (line.StartsWith("VmSize:", StringComparison.Ordinal))
                {
                    size = KiB(line);
                }
                else if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                {
                    resident = KiB(line);
                }
            }

            return new ProcessMemory(size, resident);
        }

        process.Refresh();
        return new ProcessMemory(process.PrivateMemorySize64 / 1024, process.WorkingSet64 / 1024);
    }

    private static long KiB(string line)
    {
        ReadOnlySpan<char> value = line.AsSpan(line.IndexOf(':') + 1).Trim();
        return long.Parse(value[..value.IndexOf(' ')], CultureInfo.InvariantCulture);
    }
}
