// weakness: CWE-401
// construct: request handlers and persistent servers
using System;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using LifetimeAnalyzers;
using Suite.Support;

namespace Cases.RequestContexts;

internal static class Handlers
{
    [RequestHandler]
    public static void MallocNeverFreedBad() // bad: LIFE001|LIFE003
    {
        nint block = Heap.Malloc(2 << 20);
        Marshal.WriteByte(block, 1);
    }

    [RequestHandler]
    public static void NativeNeverFreedBad() // bad: LIFE001|LIFE003
    {
        nint block = Marshal.AllocHGlobal(2 << 20);
        Marshal.WriteByte(block, 1);
    }

    [RequestHandler]
    public static void EarlyReturnBad(bool flag) // bad: LIFE001|LIFE004
    {
        nint block = Heap.Malloc(64);
        if (flag)
        {
            return;
        }

        Heap.Free(block);
    }

    [RequestHandler]
    public static void EmallocGood()
    {
        nint block = Heap.Emalloc(2 << 20);
        Marshal.WriteByte(block, 1);
    }

    [RequestHandler]
    public static void FreedGood(Action work)
    {
        nint block = Heap.Malloc(64);
        try
        {
            work();
        }
        finally
        {
            Heap.Free(block);
        }
    }

    [RequestHandler]
    public static async Task ThrowingAwaitBad(Func<Task> work) // bad: LIFE005|LIFE001
    {
        nint block = Heap.Malloc(64);
        await work();
        Heap.Free(block);
    }

    [RequestHandler]
    public static void HelperLosesBad() // bad: LIFE001|LIFE003|LIFE004
    {
        nint block = Create();
        Marshal.WriteByte(block, 1);
    }

    [PersistentServer]
    public static void EmallocInLoopBad(CancellationToken token) // bad: LIFE002
    {
        while (!token.IsCancellationRequested)
        {
            nint block = Heap.Emalloc(64);
            Marshal.WriteByte(block, 1);
        }
    }

    [PersistentServer]
    public static void EmallocFreedGood(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            nint block = Heap.Emalloc(64);
            Marshal.WriteByte(block, 1);
            Heap.Efree(block);
        }
    }

    [PersistentServer]
    public static void ScopePerIterationGood(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            using RequestScope scope = RequestScope.Begin();
            nint block = Heap.Emalloc(64);
            Marshal.WriteByte(block, 1);
        }
    }

    [PersistentServer]
    public static async Task EmallocPerMessageBad(Func<Task<int>> next) // bad: LIFE002
    {
        while (true)
        {
            int size = await next();
            nint block = Heap.Emalloc((nuint)size);
            Marshal.WriteByte(block, 1);
        }
    }

    private static nint Create() => Heap.Malloc(64);
}
