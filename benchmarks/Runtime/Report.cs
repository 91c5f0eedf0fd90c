namespace LifetimeAnalyzers.Benchmarks;

/// <summary>Prints measurements, and holds ratios against their bars.</summary>
internal sealed class Report(string[] filters)
{
    private int _missed;

    /// <summary>Whether the section is wanted.</summary>
    public bool Section(string title)
    {
        if (filters.Length > 0 && !filters.Any(filter => title.Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        Console.WriteLine();
        Console.WriteLine(title);
        return true;
    }

    /// <summary>A measurement that nothing is promised of.</summary>
    public void Line(string name, Timing timing) =>
        Console.WriteLine($"  {name,-52} {timing.Nanoseconds,10:0.00} ns  {timing.Ratio,7:0.000}");

    /// <summary>A ratio with the bar that it must meet, and the one it aims at.</summary>
    public void Bar(string name, double ratio, double must, double aim)
    {
        string verdict = ratio <= aim ? "aim met" : ratio <= must ? "met" : "MISSED";
        _missed += ratio <= must ? 0 : 1;
        Console.WriteLine($"    {name,-58} {ratio,7:0.000}  must {must:0.00}, aim {aim:0.00}: {verdict}");
    }

    /// <summary>Prints a remark.</summary>
    public void Note(string text) => Console.WriteLine("  " + text);

    /// <summary>The process's exit code: how many bars were missed.</summary>
    public int Finish()
    {
        Console.WriteLine();
        Console.WriteLine(_missed == 0 ? "All bars met." : $"{_missed} bars missed.");
        return _missed;
    }
}
