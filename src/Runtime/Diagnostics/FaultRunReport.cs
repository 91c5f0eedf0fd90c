using System.Globalization;
using System.Text;

namespace LifetimeAnalyzers;

/// <summary>What <see cref="ExhaustiveFaults"/> found. Immutable.</summary>
public sealed class FaultRunReport
{
    internal FaultRunReport(int runs, IReadOnlyList<FaultRunFailure> failures)
    {
        Runs = runs;
        Failures = failures;
    }

    /// <summary>How often the scenario ran: once for each allocation it makes, and once without a failure.</summary>
    public int Runs { get; }

    /// <summary>The runs that went wrong.</summary>
    public IReadOnlyList<FaultRunFailure> Failures { get; }

    /// <summary>Whether none did.</summary>
    public bool Succeeded => Failures.Count == 0;

    /// <summary>The failures, one after the other.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Runs} runs, {Failures.Count} failures");
        foreach (FaultRunFailure failure in Failures)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nwith call {failure.FailedCall} failing: ")
                .Append(failure.Unexpected is { } error ? $"{error.GetType().Name}: {error.Message}" : $"{failure.Leaks.TotalBytes} bytes not released")
                .Append('\n').Append(failure.Leaks);
        }

        return text.ToString();
    }
}
