using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace LifetimeAnalyzers.Tests;

/// <summary>Leak reports, traces, statistics, meters: by switch, exact.</summary>
public sealed class DiagnosticsTests
{
    private static readonly string s_file = File();

    private static string File([CallerFilePath] string file = "") => file;

    private static int Line([CallerLineNumber] int line = 0) => line;

    // A wrapper that passes its caller's place on, so that the report names the caller.
    private static nint Relayed(int bytes, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Heap.Emalloc(bytes, file, line);

    [Fact]
    public void The_leak_report_names_each_line_once()
    {
        LeakReport? report = null;
        int first;
        int second;
        int third;
        using (RequestScope.Begin(new RequestScopeOptions { Debug = true, Name = "GET /m", OnLeaks = r => report = r }))
        {
            nint released = Heap.Emalloc(10);
            first = Line() + 3;
            for (int i = 0; i < 3; i++)
            {
                Heap.Emalloc(2 << 20);
            }

            second = Line() + 1;
            Heap.Ecalloc(5, 3);
            third = Line() + 1;
            Relayed(7);
            Heap.Efree(released);
        }

        Assert.Equal(
            $"{s_file}({first}): warning: Emalloc leak: 3 blocks, 6291456 bytes (request GET /m)\n"
            + $"{s_file}({second}): warning: Ecalloc leak: 1 block, 15 bytes (request GET /m)\n"
            + $"{s_file}({third}): warning: Emalloc leak: 1 block, 7 bytes (request GET /m)\n"
            + "=== Total 5 memory leaks detected ===",
            report!.ToString());
        Assert.Equal(5, report.TotalBlocks);
        Assert.Equal(6291456 + 15 + 7, report.TotalBytes);
    }

    [Fact]
    public void Nothing_is_reported_when_all_is_released_also_by_other_threads()
    {
        LeakReport? report = null;
        using (RequestScope.Begin(new RequestScopeOptions { Debug = true, OnLeaks = r => report = r }))
        {
            nint[] blocks = [.. Enumerable.Range(1, 300).Select(i => Heap.Emalloc(i * 17))];
            var thread = new Thread(() =>
            {
                Heap.Emalloc(1);
                Array.ForEach(blocks[..150], Heap.Efree);
            });
            thread.Start();
            thread.Join();
            Array.ForEach(blocks[150..], Heap.Efree);
        }

        LeakSite site = Assert.Single(report!.Sites);
        Assert.Equal((1, 1), (site.Blocks, site.Bytes));
    }

    [Fact]
    public void Debug_mode_charges_what_release_mode_does()
    {
        foreach (int size in (int[])[1, 16, 100, 3072, 5000, 600_000])
        {
            using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true, OnLeaks = _ => { } });
            nint block = Heap.Emalloc(size);
            Assert.Equal(Heap.RoundedSize(size), scope.GetUsage());
            block = Heap.Erealloc(block, size * 2);
            Assert.Equal(Heap.RoundedSize(size * 2), scope.GetUsage());
            Heap.Efree(block);
            Assert.Equal(0, scope.GetUsage());
        }
    }

    [Fact]
    public unsafe void Debug_mode_fills_fresh_and_released_memory()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true });
        nint block = Heap.Emalloc(100);
        Assert.Equal(-1, new Span<byte>((void*)block, 100).IndexOfAnyExcept((byte)0xCD));
        Heap.Efree(block);
        Assert.Equal(-1, new Span<byte>((void*)block, 100).IndexOfAnyExcept((byte)0xDD));
        block = Heap.Ecalloc(100, 1);
        Assert.Equal(-1, new Span<byte>((void*)block, 100).IndexOfAnyExcept((byte)0));
        Heap.Efree(block);
    }

    [Fact]
    public void The_trace_tells_each_call_completely()
    {
        var calls = new List<MemoryTraceEvent>();
        long id;
        int line;
        nint block;
        nint resized;
        nint process;
        using (var scope = RequestScope.Begin(new RequestScopeOptions { Trace = true, OnTrace = calls.Add }))
        {
            id = scope.Id;
            line = Line() + 1;
            block = Heap.Emalloc(100);
            resized = Heap.Erealloc(block, 5000);
            Heap.Efree(resized);
            process = Heap.Malloc(50);
            Heap.Free(process);
        }

        int thread = Environment.CurrentManagedThreadId;
        Assert.Equal(
        [
            new MemoryTraceEvent(MemoryFunction.Emalloc, block, 0, 100, s_file, line, thread, id),
            new MemoryTraceEvent(MemoryFunction.Erealloc, resized, block, 5000, s_file, line + 1, thread, id),
            new MemoryTraceEvent(MemoryFunction.Efree, resized, 0, 8192, s_file, line + 2, thread, id),
            new MemoryTraceEvent(MemoryFunction.Malloc, process, 0, 50, s_file, line + 3, thread, id),
            new MemoryTraceEvent(MemoryFunction.Free, process, 0, calls[^1].Size, s_file, line + 4, thread, id),
        ],
        calls);
        Assert.InRange(calls[^1].Size, 50, 100); // what the system made of it
    }

    [Fact]
    public void The_trace_goes_to_the_event_source_too()
    {
        using var events = new RuntimeEvents(calls: true);
        events.Enable();
        long id;
        nint block;
        using (var scope = RequestScope.Begin(new RequestScopeOptions { Trace = true }))
        {
            id = scope.Id;
            block = Heap.Emalloc(100);
            Heap.Efree(block);
        }

        var payloads = events.Of("MemoryCall").Where(e => (long)e.Payload![7]! == id).Select(e => e.Payload!.ToArray()).ToArray();
        Assert.Equal(2, payloads.Length);
        Assert.Equal([(int)MemoryFunction.Emalloc, (long)block, 0L, 100L], payloads[0][..4]);
        Assert.Equal(s_file, payloads[0][4]);
        Assert.Equal((int)MemoryFunction.Efree, payloads[1][0]);
        Assert.Equal(s_file, payloads[1][4]);
    }

    [Fact]
    public void Statistics_count_calls_and_bytes()
    {
        using var scope = RequestScope.Begin(new RequestScopeOptions { CollectStatistics = true });
        nint block = Heap.Emalloc(100);
        Heap.Efree(Heap.Ecalloc(10, 10));
        block = Heap.Erealloc(block, 200);
        Heap.Efree(block);
        Heap.Free(Heap.Malloc(30));
        Heap.Free(Heap.Realloc(Heap.Calloc(2, 5), 40));
        MemoryStatistics statistics = scope.Statistics;
        IReadOnlyDictionary<string, long> names = statistics.ToMysqlndNames();
        Assert.Equal((1, 100), (names["mem_emalloc_count"], names["mem_emalloc_amount"]));
        Assert.Equal((1, 100), (names["mem_ecalloc_count"], names["mem_ecalloc_amount"]));
        Assert.Equal((1, 200), (names["mem_erealloc_count"], names["mem_erealloc_amount"]));
        Assert.Equal((2, 112 + 224), (names["mem_efree_count"], names["mem_efree_amount"]));
        Assert.Equal((1, 30), (names["mem_malloc_count"], names["mem_malloc_amount"]));
        Assert.Equal((1, 10), (names["mem_calloc_count"], names["mem_calloc_amount"]));
        Assert.Equal((1, 40), (names["mem_realloc_count"], names["mem_realloc_amount"]));
        Assert.Equal(2, statistics.Count(MemoryFunction.Free));
        Assert.InRange(names["mem_free_amount"], 30 + 40, 200);
        Assert.Equal(0, names["mem_estrndup_count"]);
        Heap.EmallocUtf8("text");
        Assert.Equal(1, scope.Statistics.ToMysqlndNames()["mem_estrndup_count"]);
        Assert.Equal(2, scope.Statistics.Count(MemoryFunction.Emalloc));
        scope.Dispose();
        Assert.Equal(2, scope.Statistics.Count(MemoryFunction.Emalloc));
    }

    [Fact]
    public void Meters_show_what_is_in_use_and_when_a_limit_is_hit()
    {
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "LifetimeAnalyzers")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (seen)
            {
                seen[instrument.Name] = seen.GetValueOrDefault(instrument.Name) + value;
            }
        });
        listener.Start();
        using var scope = RequestScope.Begin(new RequestScopeOptions { MemoryLimit = 40 << 20 });
        Heap.Emalloc(32 << 20);
        Assert.Throws<MemoryLimitExceededException>(() => Heap.Emalloc(32 << 20));
        listener.RecordObservableInstruments();
        lock (seen)
        {
            Assert.InRange(seen["lifetime.memory.used"], 32 << 20, long.MaxValue);
            Assert.InRange(seen["lifetime.memory.real"], 32 << 20, long.MaxValue);
            Assert.InRange(seen["lifetime.memory.peak"], 32 << 20, long.MaxValue);
            Assert.InRange(seen["lifetime.memory.limit_exceeded"], 1, long.MaxValue);
            Assert.InRange(seen["lifetime.subheaps"], 1, long.MaxValue);
            Assert.Contains("lifetime.memory.cached", seen.Keys);
        }
    }
}
