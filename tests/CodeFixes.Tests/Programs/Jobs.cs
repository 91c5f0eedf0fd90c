using System.Runtime.InteropServices;
using LifetimeAnalyzers;
using Microsoft.Extensions.Hosting;

namespace Jobs;

public sealed class Worker : BackgroundService
{
    private readonly Queue<string> _queue = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (; ; )
        {
            if (stoppingToken.IsCancellationRequested) return;
            if (!_queue.TryDequeue(out var job))
            {
                await Task.Delay(10, CancellationToken.None);
                continue;
            }

            nint text = Heap.Emalloc(job.Length * 2);
            for (var i = 0; i < job.Length; i++)
                Marshal.WriteInt16(text, i * 2, job[i]);
            Process(text, job.Length);
        }
    }

    private void Process(nint text, int length)
    {
        var upper = Heap.Ecalloc(length, 2);
        for (int i = 0; i < length; i++)
            Marshal.WriteInt16(upper, i * 2, (short)char.ToUpperInvariant((char)Marshal.ReadInt16(text, i * 2)));
        Console.WriteLine(Marshal.PtrToStringUni(upper, length));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        nint p = Marshal.AllocHGlobal(8);
        Marshal.WriteInt64(p, _queue.Count);
        Console.WriteLine(Marshal.ReadInt64(p));
    }
}

public class Loop
{
    [PersistentServer]
    public unsafe void Run(Func<int> next)
    {
        int n;
        while ((n = next()) != 0)
        {
            var bytes = (byte*)Heap.Emalloc(n);
            if (n < 0)
                throw new InvalidOperationException("negative");
            bytes[0] = 1;
            bytes = (byte*)Heap.Erealloc(bytes, n * 2);
            bytes[n] = 2;
            Console.WriteLine(bytes[0] + bytes[n]);
        }
    }

    [PersistentServer]
    public void Run2(IEnumerable<int> items)
    {
        do
        {
            foreach (var item in items)
                Use(Heap.Emalloc(item));
        }
        while (true);
    }

    static void Use(nint p) => Marshal.WriteByte(p, 1);

    [RequestHandler]
    public int Rows(int n)
    {
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            Span<int> row = Heap.EmallocSpan<int>(100);
            row[0] = i;
            if (row[0] == 77) continue;
            sum += row[0];
        }
        while (sum > 100) { var p = Heap.Emalloc(sum); Marshal.WriteByte(p, 1); sum -= Marshal.ReadByte(p) + 10; }
        return sum;
    }

    public static void Start()
    {
        new Thread(() =>
        {
            nint p = Heap.Emalloc(10);
            Marshal.WriteByte(p, 1);
        }).Start();
    }

    static readonly nint s_one = Heap.Ecalloc(1, 16);
    static int One => Marshal.ReadByte(s_one);
}
