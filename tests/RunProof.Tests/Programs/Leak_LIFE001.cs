// mistake: grows
// output: 42
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

public static unsafe class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin();
        return Handle(65536).ToString();
    }

    [RequestHandler]
    private static int Handle(int size)
    {
        var buffer = (byte*)NativeMemory.AllocZeroed((nuint)size);
        buffer[size - 1] = 42;
        return buffer[size - 1];
    }
}
