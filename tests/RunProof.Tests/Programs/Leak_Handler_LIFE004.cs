// mistake: grows
// output: early 5
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

public static class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin();
        return Handle(70000, "x") + " " + Handle(70000, "xyzzy");
    }

    // Grows its buffer once, and gives up early for short names.
    [RequestHandler]
    private static unsafe string Handle(int size, string name)
    {
        int* numbers = (int*)NativeMemory.Alloc(16, sizeof(int));
        numbers = (int*)NativeMemory.Realloc(numbers, (nuint)size);
        if (name.Length < 2)
            return "early";

        numbers[0] = name.Length;
        var text = numbers[0].ToString();
        NativeMemory.Free(numbers);
        return text;
    }
}
