// weakness: CWE-401
// construct: interfaces, generics, callbacks, iterators, visitors
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Suite.Support;

namespace Strangers.Flows;

internal interface ISink
{
    void Accept(nint data);
}

internal sealed class FreeingSink : ISink
{
    public void Accept(nint data)
    {
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeHGlobal(data);
    }
}

internal sealed class ReadingSink : ISink
{
    public void Accept(nint data) => Io.PrintByte(Marshal.ReadByte(data));
}

internal abstract class Visitor
{
    public abstract nint Visit(int value);

    public static nint Run(Visitor visitor, int value) => visitor.Visit(value);
}

internal sealed class AllocatingVisitor : Visitor
{
    public override nint Visit(int value) => Marshal.AllocHGlobal(value);
}

internal sealed class Holder<T>
    where T : class
{
    private T? _value;

    public T? Swap(T? value)
    {
        T? old = _value;
        _value = value;
        return old;
    }
}

internal sealed class Pipeline : IDisposable
{
    private readonly List<IDisposable> _parts = [];

    public T Add<T>(T part)
        where T : IDisposable
    {
        _parts.Add(part);
        return part;
    }

    public void Dispose()
    {
        for (int i = _parts.Count - 1; i >= 0; i--)
        {
            _parts[i].Dispose();
        }
    }
}

internal sealed class NativeCell : IDisposable
{
    private nint _cell = Marshal.AllocHGlobal(8);

    public long Value
    {
        get => Marshal.ReadInt64(_cell);
        set => Marshal.WriteInt64(_cell, value);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(Interlocked.Exchange(ref _cell, 0));
    }
}

internal static class Flows
{
    public static void ExactSinkBad() // bad: LIFE003
    {
        var sink = new ReadingSink();
        nint data = Marshal.AllocHGlobal(4);
        sink.Accept(data);
    }

    public static void ExactSinkGood()
    {
        var sink = new FreeingSink();
        nint data = Marshal.AllocHGlobal(4);
        sink.Accept(data);
    }

    public static void ExactSinkTwiceBad() // bad: LIFE006
    {
        ISink sink = new FreeingSink();
        nint data = Marshal.AllocHGlobal(4);
        sink.Accept(data);
        Marshal.FreeHGlobal(data);
    }

    private static void Feed<TSink>(TSink sink, nint data)
        where TSink : ISink => sink.Accept(data);

    public static void GenericSinkGood()
    {
        nint data = Marshal.AllocHGlobal(4);
        Feed(new FreeingSink(), data);
    }

    public static void VisitorBad() // bad: LIFE003
    {
        nint data = new AllocatingVisitor().Visit(5);
        Io.PrintByte(Marshal.ReadByte(data));
    }

    public static void VisitorGood()
    {
        nint data = Visitor.Run(new AllocatingVisitor(), 5);
        Io.PrintByte(Marshal.ReadByte(data));
        Marshal.FreeHGlobal(data);
    }

    private static void With(int size, Action<nint> action)
    {
        nint block = Marshal.AllocHGlobal(size);
        try
        {
            action(block);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int WithGood()
    {
        int result = 0;
        With(8, block => result = Marshal.ReadInt32(block));
        return result;
    }

    private static TResult Using<TResult>(int size, Func<nint, TResult> body)
    {
        nint block = Marshal.AllocHGlobal(size);
        TResult result = body(block);
        Marshal.FreeHGlobal(block);
        return result;
    }

    public static int UsingGood() => Using(8, static block => Marshal.ReadInt32(block));

    public static void PipelineGood()
    {
        using var pipeline = new Pipeline();
        NativeCell cell = pipeline.Add(new NativeCell());
        cell.Value = 3;
    }

    public static long CellBad() // bad: LIFE003
    {
        var cell = new NativeCell { Value = 5 };
        return cell.Value;
    }

    public static long CellGood()
    {
        using var cell = new NativeCell { Value = 5 };
        return cell.Value;
    }

    public static long CellListGood(int n)
    {
        var cells = new List<NativeCell>();
        for (int i = 0; i < n; i++)
        {
            cells.Add(new NativeCell { Value = i });
        }

        long sum = cells.Sum(cell => cell.Value);
        cells.ForEach(cell => cell.Dispose());
        return sum;
    }

    public static long CellArrayGood()
    {
        NativeCell[] cells = [new NativeCell(), new NativeCell()];
        try
        {
            return cells[0].Value + cells[1].Value;
        }
        finally
        {
            foreach (NativeCell cell in cells)
            {
                cell.Dispose();
            }
        }
    }

    public static IEnumerable<nint> BlocksGood(int n)
    {
        for (int i = 0; i < n; i++)
        {
            yield return Marshal.AllocHGlobal(8);
        }
    }

    public static void BlocksUserGood(int n)
    {
        foreach (nint block in BlocksGood(n))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static IEnumerable<byte> IteratorBad(int n) // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(n);
        for (int i = 0; i < n; i++)
        {
            byte b = Marshal.ReadByte(block, i);
            if (b == 0)
            {
                yield break;
            }

            yield return b;
        }

        Marshal.FreeHGlobal(block);
    }

    public static async Task<byte> AsyncBranchBad(Func<Task<bool>> ask) // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(4);
        bool go = await ask();
        if (!go)
        {
            return 0;
        }

        byte b = Marshal.ReadByte(block);
        Marshal.FreeHGlobal(block);
        return b;
    }

    private static async Task FreeLater(nint block)
    {
        await Task.Delay(10);
        Marshal.FreeHGlobal(block);
    }

    public static async Task AsyncFreeGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        await FreeLater(block);
    }

    public static async Task AsyncFreeTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        await FreeLater(block);
        Marshal.FreeHGlobal(block);
    }

    private static async Task<nint> MakeLater(int size)
    {
        await Task.Yield();
        return Marshal.AllocHGlobal(size);
    }

    public static async Task AsyncMakeBad() // bad: LIFE003
    {
        nint block = await MakeLater(4);
        Io.PrintByte(Marshal.ReadByte(block));
    }

    public static async Task AsyncMakeGood()
    {
        nint block = await MakeLater(4).ConfigureAwait(false);
        Io.PrintByte(Marshal.ReadByte(block));
        Marshal.FreeHGlobal(block);
    }

    public static void LockGood(object gate)
    {
        nint block;
        lock (gate)
        {
            block = Marshal.AllocHGlobal(4);
        }

        Io.PrintByte(Marshal.ReadByte(block));
        lock (gate)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static int LockBad(object gate, int n) // bad: LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(4);
        lock (gate)
        {
            if (n == 3)
            {
                return 3;
            }
        }

        Marshal.FreeHGlobal(block);
        return n;
    }

    public static void SwapHolderGood(Holder<byte[]> holder, int size)
    {
        byte[] fresh = ArrayPool<byte>.Shared.Rent(size);
        byte[]? old = holder.Swap(fresh);
        if (old is not null)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }

    public static void DelegateFieldGood()
    {
        Func<int, nint> allocate = Marshal.AllocHGlobal;
        Action<nint> free = Marshal.FreeHGlobal;
        nint block = allocate(3);
        free(block);
    }

    public static void DelegateFieldBad() // bad: LIFE003
    {
        Func<int, nint> allocate = Marshal.AllocHGlobal;
        nint block = allocate(3);
        Io.PrintByte(Marshal.ReadByte(block));
    }

    public static void TupleSwapBad() // bad: LIFE006, LIFE003|LIFE004
    {
        nint a = Marshal.AllocHGlobal(1);
        nint b = Marshal.AllocHGlobal(2);
        nint c = b;
        (a, b) = (b, a);
        Marshal.FreeHGlobal(a);
        Marshal.FreeHGlobal(c);
    }

    public static void PatternOutGood(object value)
    {
        if (value is (int size and > 0) and not 13)
        {
            nint block = Marshal.AllocHGlobal(size);
            Marshal.FreeHGlobal(block);
        }
    }

    public static string InterpolatedBad(int n) // bad: LIFE003
    {
        nint block = Marshal.AllocHGlobal(n);
        return $"{block:x} {Marshal.ReadByte(block)}";
    }
}
