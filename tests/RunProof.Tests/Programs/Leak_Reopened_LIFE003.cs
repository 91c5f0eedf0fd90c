// mistake: grows
// output: 7
using System.Runtime.InteropServices;

public sealed class Store : IDisposable
{
    private nint _pages = Marshal.AllocHGlobal(70000);

    public int First
    {
        get => Marshal.ReadInt32(_pages);
        set => Marshal.WriteInt32(_pages, value);
    }

    public void Reopen()
    {
        _pages = Marshal.AllocHGlobal(70000);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_pages);
        _pages = 0;
    }
}

public static class Program
{
    public static string Run()
    {
        using var store = new Store();
        store.Reopen();
        store.First = 7;
        return store.First.ToString();
    }
}
