// mistake: threw InvalidFreeException
// output: 6
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

public static class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true });
        nint block = Heap.Emalloc(32);
        int result;
        try
        {
            Marshal.WriteByte(block, 6);
            result = Marshal.ReadByte(block);
            Heap.Efree(block);
        }
        finally
        {
            Heap.Efree(block);
        }

        return result.ToString();
    }
}
