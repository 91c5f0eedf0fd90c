// weakness: CWE-401
// construct: request handlers and persistent servers
using System;
using System.Collections.Generic;
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

    [RequestHandler]
    public static void LongHelperComputesGood(int length)
    {
        nint block = Marshal.AllocHGlobal(64);
        int rounded = Sizes.RoundUp(length, 64) + Sizes.Rounds;
        Marshal.WriteInt32(block, rounded);
        Marshal.FreeHGlobal(block);
    }

    [RequestHandler]
    public static void LongHelperGuardsGood(string name)
    {
        nint block = Marshal.AllocHGlobal(64);
        Marshal.WriteInt32(block, Sizes.LengthOf(name));
        Marshal.FreeHGlobal(block);
    }

    [RequestHandler]
    public static void LongHelperThrowsBad(int length) // bad: LIFE005
    {
        nint block = Marshal.AllocHGlobal(64);
        Marshal.WriteInt32(block, Sizes.Checked(length, 64));
        Marshal.FreeHGlobal(block);
    }

    [RequestHandler]
    public static void LongHelperCallsWhatThrowsBad(int length) // bad: LIFE005
    {
        nint block = Marshal.AllocHGlobal(64);
        Marshal.WriteInt32(block, Sizes.Parsed(length, "64"));
        Marshal.FreeHGlobal(block);
    }

    private static nint Create() => Heap.Malloc(64);
}

/// <summary>Functions that are too long to be followed, and have nothing to do with any block.</summary>
internal static class Sizes
{
    private static int rounds;

    /// <summary>A getter with a body of its own.</summary>
    public static int Rounds
    {
        get
        {
            int count = rounds;
            if (count < 0)
            {
                count = -count;
            }
            else if (count == 0)
            {
                count = 1;
            }

            rounds = count + 1;
            return count;
        }
    }

    public static int RoundUp(int value, int unit)
    {
        int rest = value % unit;
        if (rest == 0)
        {
            rounds++;
            return value;
        }

        int missing = unit - rest;
        int result = Math.Max(value, 0);
        for (int i = 0; i < missing; i++)
        {
            result += Step(i);
        }

        return result;
    }

    public static int LengthOf(string name)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        int length = 0;
        foreach (char letter in name)
        {
            length += letter > 127 ? 2 : 1;
            if (letter > 2047)
            {
                length++;
            }
        }

        return length;
    }

    public static int Checked(int value, int unit)
    {
        if (value < 0)
        {
            throw new InvalidOperationException("A length is not negative.");
        }

        int result = value;
        while (result % unit != 0)
        {
            result++;
        }

        rounds++;
        return result;
    }

    public static int Parsed(int value, string unit)
    {
        int result = value;
        int step = Read(unit);
        while (result % step != 0)
        {
            result++;
        }

        rounds++;
        rounds += result > 100 ? 1 : 0;
        return result;
    }

    private static int Read(string text) => int.Parse(text);

    private static int Step(int i) => i < 0 ? 0 : 1;
}

internal static class QuietCalls
{
    [RequestHandler]
    public static int SpanLoopGood(ReadOnlySpan<byte> input)
    {
        nint block = Marshal.AllocHGlobal(4);
        int sum = 0;
        foreach (byte one in input)
        {
            sum += one;
        }

        Marshal.FreeHGlobal(block);
        return sum;
    }

    [RequestHandler]
    public static int ArrayLoopGood(int[] numbers)
    {
        nint block = Marshal.AllocHGlobal(4);
        int sum = 0;
        foreach (int one in numbers)
        {
            sum += one;
        }

        Marshal.FreeHGlobal(block);
        return sum;
    }

    [RequestHandler]
    public static int ListLoopGood(List<int> numbers, Dictionary<string, int> named)
    {
        nint block = Marshal.AllocHGlobal(4);
        int sum = 0;
        foreach (int one in numbers)
        {
            sum += one;
        }

        foreach (int one in named.Values)
        {
            sum += one;
        }

        Marshal.FreeHGlobal(block);
        return sum;
    }

    [RequestHandler]
    public static int EnumerableLoopBad(IEnumerable<int> numbers) // bad: LIFE005
    {
        nint block = Marshal.AllocHGlobal(4);
        int sum = 0;
        foreach (int one in numbers)
        {
            sum += one;
        }

        Marshal.FreeHGlobal(block);
        return sum;
    }

    [RequestHandler]
    public static int SpanCallsGood(ReadOnlySpan<byte> input, string text)
    {
        nint block = Marshal.AllocHGlobal(4);
        ReadOnlySpan<byte> head = input[..4];
        bool known = head.SequenceEqual(input) || head.IndexOf((byte)3) > 0 || text.StartsWith('x');
        Marshal.FreeHGlobal(block);
        return known ? 1 : 0;
    }
}
