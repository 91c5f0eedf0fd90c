namespace LifetimeAnalyzers.CodeFixes;

/// <summary>Marks the assembly that holds the code fixes, for whoever looks for its providers.</summary>
public static class CodeFixAssembly
{
}
