// mistake: threw InvalidFreeException
// output: 15
using LifetimeAnalyzers;

public static unsafe class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true });
        int* numbers = Heap.Emalloc<int>(5);
        for (int i = 0; i < 5; i++)
            numbers[i] = i + 1;

        int sum = 0;
        int* end = numbers + 5;
        while (numbers < end)
            sum += *numbers++;
        Heap.Efree(numbers);
        return sum.ToString();
    }
}
