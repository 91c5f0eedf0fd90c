using System.Runtime.InteropServices;
using System.Threading.Channels;
using LifetimeAnalyzers;
using Microsoft.Extensions.Hosting;

namespace Scopes;

public sealed class Consumer(ChannelReader<byte[]> reader) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var message in reader.ReadAllAsync(stoppingToken))
        {
            nint copy = Heap.Emalloc(message.Length);
            Marshal.Copy(message, 0, copy, message.Length);
            Handle(copy, message.Length);
        }
    }

    private static void Handle(nint p, int n)
    {
        for (var i = 0; i < n; i++)
            Console.Write(Marshal.ReadByte(p, i));
    }
}

public sealed class Poller : BackgroundService
{
    private int _rounds;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Round();
                unsafe
                {
                    int* values = Heap.Emalloc<int>(16);
                    values[0] = _rounds;
                    if (values[0] == 5) continue;
                    _rounds += values[0];
                    Heap.Efree(values);
                }
            }
            catch (InvalidOperationException)
            {
                // next time
            }
        }
    }

    private void Round()
    {
        var text = Heap.EmallocSpan<char>(64);
        text.Fill('x');
        _rounds += text.Length;
    }
}

public static class Startup
{
    private static readonly nint s_table = Heap.Emalloc(1024);

    public static int Main1(string[] args)
    {
        nint p = Heap.Emalloc(100);
        Marshal.WriteByte(p, (byte)args.Length);
        return Marshal.ReadByte(p) + Marshal.ReadByte(s_table);
    }

    public static void Batch(IEnumerable<string> lines)
    {
        using var scope = RequestScope.Begin();
        foreach (var line in lines)
        {
            nint p = Heap.Emalloc(line.Length);
            Marshal.WriteByte(p, (byte)line[0]);
            Console.WriteLine(Marshal.ReadByte(p));
        }
    }

    public static async Task<int> Ended(Func<Task<int>> work)
    {
        var scope = RequestScope.Begin();
        var n = await work();
        if (n < 0)
            throw new InvalidOperationException();
        await scope.DisposeAsync();
        return n;
    }

    public static int Ended2(int n)
    {
        RequestScope? scope = null;
        try
        {
            scope = RequestScope.Begin();
            return n / 2;
        }
        catch (DivideByZeroException)
        {
            return 0;
        }
    }
}
