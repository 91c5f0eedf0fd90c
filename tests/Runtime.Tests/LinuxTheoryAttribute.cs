namespace LifetimeAnalyzers.Tests;

/// <summary>A test that reads <c>/proc</c>.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Reads /proc.";
        }
    }
}
