using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Rules;

/// <summary>Which function of the heap stands for which function of the platform: a table, for the rule that says so and for its fix.</summary>
public static class ScopedFunctions
{
    /// <summary>What a function does.</summary>
    public enum Kind
    {
        /// <summary>It gives a block.</summary>
        Allocation,

        /// <summary>It gives a block for another.</summary>
        Reallocation,

        /// <summary>It takes a block back.</summary>
        Release,
    }

    /// <summary>The alignment of every block of the heap, in bytes.</summary>
    public const int Alignment = 16;

    private static readonly Dictionary<(string Function, int Arguments), Scoped> Table = new()
    {
        [("NativeMemory.Alloc", 1)] = new(Kind.Allocation, "Emalloc"),
        [("NativeMemory.Alloc", 2)] = new(Kind.Allocation, "SafeEmalloc", Last: ", 0"),
        [("NativeMemory.AllocZeroed", 1)] = new(Kind.Allocation, "Ecalloc", First: "1, "),
        [("NativeMemory.AllocZeroed", 2)] = new(Kind.Allocation, "Ecalloc"),
        [("NativeMemory.AlignedAlloc", 2)] = new(Kind.Allocation, "Emalloc", DropsAlignment: true),
        [("NativeMemory.Realloc", 2)] = new(Kind.Reallocation, "Erealloc"),
        [("NativeMemory.AlignedRealloc", 3)] = new(Kind.Reallocation, "Erealloc", DropsAlignment: true),
        [("NativeMemory.Free", 1)] = new(Kind.Release, "Efree"),
        [("NativeMemory.AlignedFree", 1)] = new(Kind.Release, "Efree"),
        [("Marshal.AllocHGlobal", 1)] = new(Kind.Allocation, "Emalloc"),
        [("Marshal.ReAllocHGlobal", 2)] = new(Kind.Reallocation, "Erealloc"),
        [("Marshal.FreeHGlobal", 1)] = new(Kind.Release, "Efree"),
        [("Marshal.AllocCoTaskMem", 1)] = new(Kind.Allocation, "Emalloc"),
        [("Marshal.ReAllocCoTaskMem", 2)] = new(Kind.Reallocation, "Erealloc"),
        [("Marshal.FreeCoTaskMem", 1)] = new(Kind.Release, "Efree"),
    };

    /// <summary>The function of the heap for <paramref name="method"/>; null when there is none.</summary>
    /// <param name="method">The function that is called.</param>
    /// <param name="arguments">How many arguments it is given.</param>
    public static Scoped? For(IMethodSymbol method, int arguments) =>
        method.ContainingNamespace?.ToDisplayString() == "System.Runtime.InteropServices"
        && Table.TryGetValue((method.ContainingType.Name + "." + method.Name, arguments), out var scoped)
            ? scoped
            : null;

    /// <summary>A function of the heap, and what its arguments are given beside those that are there.</summary>
    /// <param name="Kind">What it does.</param>
    /// <param name="Name">Its name in <c>Heap</c>.</param>
    /// <param name="First">What is written before the first argument.</param>
    /// <param name="Last">What is written after the last argument.</param>
    /// <param name="DropsAlignment">The last argument is an alignment, which the heap is not told.</param>
    public sealed record Scoped(Kind Kind, string Name, string? First = null, string? Last = null, bool DropsAlignment = false);
}
