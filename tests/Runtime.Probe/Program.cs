using System.Globalization;
using System.Runtime.InteropServices;
using LifetimeAnalyzers;

// A process whose memory the tests look at from outside. Prints a line "VmSize VmRSS" (kB) before the first and after each request.
return args switch
{
    ["requests", var function, var count, var size, var touch] => Requests(function == "malloc", Number(count), Number(size), touch == "touched"),
    ["worker", var size, var touch] => Worker(Number(size), touch == "touched"),
    ["idle"] => Idle(),
    ["steady"] => Steady(),
    ["loaded"] => Loaded(),
    ["smoke"] => Smoke(),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("requests malloc|emalloc <blocks> <bytes> touched|untouched, worker <bytes> touched|untouched, idle, steady, loaded, smoke");
    return 2;
}

static int Requests(bool process, int count, int size, bool touch)
{
    Memory();
    Memory();
    for (int request = 0; request < 20; request++)
    {
        Request(process, count, size, touch);
        Memory();
    }

    return 0;
}

static unsafe void Request(bool process, int count, int size, bool touch)
{
    using var scope = RequestScope.Begin();
    for (int i = 0; i < count; i++)
    {
        byte* block = (byte*)(process ? Heap.Malloc(size) : Heap.Emalloc(size));
        if (touch)
        {
            NativeMemory.Fill(block, (nuint)size, 1);
        }
    }
}

// A scope that never ends, and a block for every message.
static unsafe int Worker(int size, bool touch)
{
    using var scope = RequestScope.BeginPersistent();
    Memory();
    Memory();
    for (int message = 0; message < 20; message++)
    {
        byte* block = (byte*)Heap.Emalloc(size);
        if (touch)
        {
            NativeMemory.Fill(block, (nuint)size, 1);
        }

        Memory();
    }

    return 0;
}

// One request of 120 MB, then nothing.
static int Idle()
{
    MemoryRetention.TrimInterval = TimeSpan.FromSeconds(2);
    Request(process: false, 1, 1000, touch: true);
    Memory();
    Request(process: false, 60, 2 << 20, touch: true);
    Memory();
    Thread.Sleep(3000);
    Memory();
    return 0;
}

// Prints the native libraries of a process that has used request memory.
static int Loaded()
{
    Request(process: false, 100, 1000, touch: true);
    IEnumerable<string> files = File.ReadLines("/proc/self/maps").Select(line => line[(line.LastIndexOf('/') + 1)..]);
    foreach (string library in files.Where(file => file.Contains(".so", StringComparison.Ordinal)).Distinct())
    {
        Console.WriteLine(library);
    }

    return 0;
}

// Prints how often memory went back to the system while the same load ran on.
static int Steady()
{
    long returned = 0;
    using var listener = new System.Diagnostics.Metrics.MeterListener();
    listener.InstrumentPublished = (instrument, l) =>
    {
        if (instrument.Name == "lifetime.memory.returned")
        {
            l.EnableMeasurementEvents(instrument);
        }
    };
    listener.SetMeasurementEventCallback<long>((_, value, _, _) => returned = value);
    for (int i = 0; i < 400; i++)
    {
        if (i == 20)
        {
            listener.Start();
            listener.RecordObservableInstruments();
            Console.WriteLine(returned);
        }

        Request(process: false, 10_000, 1000, touch: true);
        Request(process: false, 3, 5 << 20, touch: false);
    }

    listener.RecordObservableInstruments();
    Console.WriteLine(returned);
    return 0;
}

// A little of everything, for builds that are trimmed or compiled ahead of time.
static int Smoke()
{
    var leaks = new List<LeakReport>();
    using (var scope = RequestScope.Begin(new RequestScopeOptions { Debug = true, MemoryLimit = 1 << 20, OnLeaks = leaks.Add }))
    {
        nint block = Heap.Emalloc(100);
        Task.Run(() => Heap.Efree(block)).Wait();
        Heap.EmallocSpan<int>(10).Fill(1);
        try
        {
            Heap.Emalloc(2 << 20);
            return 1;
        }
        catch (MemoryLimitExceededException e)
        {
            Console.WriteLine(e.Message);
        }

        try
        {
            Heap.Efree(block);
            return 1;
        }
        catch (InvalidFreeException e) when (e.Kind == InvalidFreeKind.DoubleFree)
        {
            Console.WriteLine(e.Kind);
        }
    }

    Console.WriteLine(leaks.Single().TotalBlocks);
    return leaks.Single().TotalBytes == 40 ? 0 : 1;
}

static void Memory()
{
    string[] status = File.ReadAllLines("/proc/self/status");
    Console.WriteLine($"{Field(status, "VmSize:")} {Field(status, "VmRSS:")}");
}

static string Field(string[] status, string name) =>
    status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1];
