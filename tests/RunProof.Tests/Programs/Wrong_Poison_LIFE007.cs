// mistake: somebody wrote there
// output: read 7
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

public static class Program
{
    public static string Run()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true });
        nint block = Heap.Emalloc(64);
        Marshal.WriteByte(block, 7);
        Heap.Efree(block);
        int seen = Marshal.ReadByte(block);
        return seen == 7 ? "read 7" : "somebody wrote there";
    }
}
