using System.Runtime.InteropServices;

internal static class Throwing
{
    public static unsafe void Once(Action action)
    {
        var p = NativeMemory.Alloc(16);
        action();
        NativeMemory.Free(p);
    }

    public static int Result(Func<int> function)
    {
        nint block = Marshal.AllocHGlobal(16);
        var result = function();
        Marshal.FreeHGlobal(block);
        return result;
    }

    public static async Task LaterAsync(Func<Task> work)
    {
        var block = Marshal.AllocHGlobal(16);
        await work();
        Marshal.FreeHGlobal(block);
    }

    public static IEnumerable<int> Numbers(Func<int> function)
    {
        var block = Marshal.AllocHGlobal(16);
        yield return function();
        Marshal.FreeHGlobal(block);
    }

    public static void TooLate(Action prepare, Action work)
    {
        var block = Marshal.AllocHGlobal(16);
        prepare();
        try
        {
            work();
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }
}
