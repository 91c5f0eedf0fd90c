// mistake: 10
// output: 10
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

public static class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin();
        return Handle(4).ToString();
    }

    [RequestHandler]
    private static unsafe int Handle(int count)
    {
        int* numbers = (int*)NativeMemory.Alloc((nuint)count, sizeof(int));
        try
        {
            int sum = 0;
            for (int i = 0; i < count; i++)
            {
                numbers[i] = i + 1;
                sum += numbers[i];
            }

            return sum;
        }
        finally
        {
            NativeMemory.Free(numbers);
        }
    }
}
