// mistake: threw TypeInitializationException
// output: squares of 16
using LifetimeAnalyzers;

public static unsafe class Program
{
    public static string Run() => "squares of " + Tables.Count;
}

internal static unsafe class Tables
{
    private static readonly nint s_squares = Heap.Ecalloc(16, 4);

    public static int Count => *(int*)s_squares + 16;
}
