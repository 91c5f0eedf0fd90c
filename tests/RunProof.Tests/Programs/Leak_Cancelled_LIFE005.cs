// mistake: grows
// output: cancelled
using System.Runtime.InteropServices;
using System.Threading;

public static class Program
{
    public static string Run()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        try
        {
            return ReadAsync(source.Token).GetAwaiter().GetResult().ToString();
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }
    }

    private static async Task<int> ReadAsync(CancellationToken token)
    {
        nint block = Marshal.AllocHGlobal(65536);
        await Task.Delay(1000, token).ConfigureAwait(false);
        var first = Marshal.ReadByte(block);
        Marshal.FreeHGlobal(block);
        return first;
    }
}
