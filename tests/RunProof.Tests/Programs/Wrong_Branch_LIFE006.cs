// mistake: threw InvalidFreeException
// output: 5
using LifetimeAnalyzers;

public static unsafe class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true });
        return Read(5).ToString();
    }

    private static int Read(int n)
    {
        int* block = Heap.Emalloc<int>(16);
        *block = n;
        int result = *block;
        if (result > 3)
        {
            // Done early.
            Heap.Efree(block);
        }

        Heap.Efree(block);
        return result;
    }
}
