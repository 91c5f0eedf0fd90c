// mistake: grows
// output: caught
using System.Runtime.InteropServices;

public static unsafe class Program
{
    public static string Run()
    {
        try
        {
            return Work(() => throw new InvalidOperationException());
        }
        catch (InvalidOperationException)
        {
            return "caught";
        }
    }

    private static string Work(Func<string> function)
    {
        var block = NativeMemory.Alloc(65536);
        var result = function();
        NativeMemory.Free(block);
        return result;
    }
}
