// mistake: threw InvalidFreeException
// output: freed 3
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

public static class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true });
        var block = Heap.Emalloc(100);
        Marshal.WriteByte(block, 3);
        var three = Marshal.ReadByte(block);
        Heap.Free(block);
        return "freed " + three;
    }
}
