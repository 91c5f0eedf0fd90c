// weakness: mixed
// construct: conditional ownership, error codes, partial construction, recursion, correlated conditions
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Strangers.Ownership;

internal enum Mode
{
    None,
    Read,
    Write,
    Both,
}

internal enum Result
{
    Ok = 0,
    NoMemory = -1,
    BadInput = -2,
}

internal sealed class View : IDisposable
{
    private readonly bool _owns;
    private nint _block;

    public View(nint block, bool owns)
    {
        _block = block;
        _owns = owns;
    }

    public nint Block => _block;

    public void Dispose()
    {
        if (_owns && _block != 0)
        {
            Marshal.FreeHGlobal(_block);
        }

        _block = 0;
    }
}

internal sealed class Pair : IDisposable
{
    private readonly nint _a;
    private readonly nint _b;

    public Pair(int size)
    {
        _a = Marshal.AllocHGlobal(size);
        try
        {
            _b = Marshal.AllocHGlobal(size);
        }
        catch
        {
            Marshal.FreeHGlobal(_a);
            throw;
        }
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_a);
        Marshal.FreeHGlobal(_b);
    }
}

internal sealed class CheckedPair : IDisposable
{
    private readonly nint _a;

    public CheckedPair(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        _a = Marshal.AllocHGlobal(size);
    }

    public void Dispose() => Marshal.FreeHGlobal(_a);
}

internal sealed class RefCounted
{
    private nint _block;
    private int _count = 1;

    public RefCounted(int size) => _block = Marshal.AllocHGlobal(size);

    public nint Block => _block;

    public void AddRef() => Interlocked.Increment(ref _count);

    public void Release()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            Marshal.FreeHGlobal(_block);
            _block = 0;
        }
    }
}

internal sealed class Machine : IDisposable
{
    private nint _input;
    private nint _output;
    private Mode _mode;

    public void Open(Mode mode)
    {
        if (_mode != Mode.None)
        {
            throw new InvalidOperationException();
        }

        if (mode is Mode.Read or Mode.Both)
        {
            _input = Marshal.AllocHGlobal(16);
        }

        if (mode is Mode.Write or Mode.Both)
        {
            _output = Marshal.AllocHGlobal(16);
        }

        _mode = mode;
    }

    public void Close()
    {
        if (_mode is Mode.Read or Mode.Both)
        {
            Marshal.FreeHGlobal(_input);
            _input = 0;
        }

        if (_mode is Mode.Write or Mode.Both)
        {
            Marshal.FreeHGlobal(_output);
            _output = 0;
        }

        _mode = Mode.None;
    }

    public void Dispose() => Close();
}

internal static class Ownership
{
    public static void OwningViewGood(int size)
    {
        using var view = new View(Marshal.AllocHGlobal(size), owns: true);
        Marshal.WriteByte(view.Block, 1);
    }

    public static void BorrowingViewGood(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        using (var view = new View(block, owns: false))
        {
            Marshal.WriteByte(view.Block, 1);
        }

        Marshal.FreeHGlobal(block);
    }

    public static void BorrowingViewBad(int size) // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(size);
        using var view = new View(block, owns: false);
        Marshal.WriteByte(view.Block, 1);
    }

    public static void OwningViewTwiceBad(int size) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(size);
        using (var view = new View(block, owns: true))
        {
            Marshal.WriteByte(view.Block, 1);
        }

        Marshal.FreeHGlobal(block);
    }

    public static void ConsumeIf(nint block, bool take)
    {
        Marshal.WriteByte(block, 1);
        if (take)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ConsumeTrueGood()
    {
        nint block = Marshal.AllocHGlobal(4);
        ConsumeIf(block, true);
    }

    public static void ConsumeFalseBad() // bad: LIFE003|LIFE004
    {
        nint block = Marshal.AllocHGlobal(4);
        ConsumeIf(block, false);
    }

    public static void ConsumeTrueBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        ConsumeIf(block, true);
        Marshal.FreeHGlobal(block);
    }

    public static void ConsumeEitherGood(bool take)
    {
        nint block = Marshal.AllocHGlobal(4);
        ConsumeIf(block, take);
        if (!take)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ConsumeEitherBad(bool take) // bad: LIFE006, LIFE004|LIFE003
    {
        nint block = Marshal.AllocHGlobal(4);
        ConsumeIf(block, take);
        if (take)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static Result Create(int size, out nint block)
    {
        block = 0;
        if (size < 0)
        {
            return Result.BadInput;
        }

        block = Marshal.AllocHGlobal(size);
        return block == 0 ? Result.NoMemory : Result.Ok;
    }

    public static Result CreatePairGood(int size, out nint a, out nint b)
    {
        b = 0;
        Result result = Create(size, out a);
        if (result != Result.Ok)
        {
            return result;
        }

        result = Create(size / 2, out b);
        if (result != Result.Ok)
        {
            Marshal.FreeHGlobal(a);
            a = 0;
            return result;
        }

        return Result.Ok;
    }

    public static Result UseCreateGood(int size)
    {
        Result result = Create(size, out nint block);
        if (result == Result.Ok)
        {
            Marshal.WriteByte(block, 1);
            Marshal.FreeHGlobal(block);
        }

        return result;
    }

    public static Result UseCreateBad(int size) // bad: LIFE003|LIFE004
    {
        Result result = Create(size, out nint block);
        if (result == Result.Ok)
        {
            Marshal.WriteByte(block, 1);
        }

        return result;
    }

    public static Result UseCreateSwitchGood(int size)
    {
        switch (Create(size, out nint block))
        {
            case Result.Ok:
                Marshal.FreeHGlobal(block);
                return Result.Ok;
            case var failed:
                return failed;
        }
    }

    public static Result UseCreateSwitchBad(int size) // bad: LIFE004|LIFE003
    {
        switch (Create(size, out nint block))
        {
            case Result.Ok when size > 10:
                Marshal.FreeHGlobal(block);
                return Result.Ok;
            default:
                return Result.BadInput;
        }
    }

    public static void PartialArrayGood(int count)
    {
        nint[] blocks = new nint[count];
        int made = 0;
        try
        {
            for (; made < count; made++)
            {
                blocks[made] = Marshal.AllocHGlobal(8);
            }
        }
        finally
        {
            for (int i = 0; i < made; i++)
            {
                Marshal.FreeHGlobal(blocks[i]);
            }
        }
    }

    public static nint RecursiveMake(int depth) => depth <= 0 ? Marshal.AllocHGlobal(4) : RecursiveMake(depth - 1);

    public static void RecursiveMakeGood(int depth)
    {
        nint block = RecursiveMake(depth);
        Marshal.FreeHGlobal(block);
    }

    public static void RecursiveMakeBad(int depth) // bad: LIFE003|LIFE004
    {
        nint block = RecursiveMake(depth);
        Marshal.WriteByte(block, 1);
    }

    public static void FreeWhen(nint block, int level)
    {
        if (level == 0)
        {
            Marshal.FreeHGlobal(block);
        }
        else
        {
            FreeWhen(block, level - 1);
        }
    }

    public static void FreeWhenGood(int level)
    {
        nint block = Marshal.AllocHGlobal(4);
        FreeWhen(block, level);
    }

    public static void FreeWhenBad(int level) // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        FreeWhen(block, level);
        Marshal.FreeHGlobal(block);
    }

    public static nint Same(nint block) => block;

    public static void SameGood()
    {
        nint block = Same(Marshal.AllocHGlobal(4));
        Marshal.FreeHGlobal(block);
    }

    public static void SameBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(4);
        nint other = Same(block);
        Marshal.FreeHGlobal(block);
        Marshal.FreeHGlobal(other);
    }

    public static nint OrDefault(nint block, nint fallback) => block != 0 ? block : fallback;

    public static void OrDefaultGood(nint fallback)
    {
        nint block = Marshal.AllocHGlobal(4);
        nint used = OrDefault(block, fallback);
        Marshal.WriteByte(used, 1);
        Marshal.FreeHGlobal(block);
    }

    public static void RefCountGood()
    {
        var shared = new RefCounted(4);
        shared.AddRef();
        shared.Release();
        shared.Release();
    }

    public static void PairGood()
    {
        using var pair = new Pair(4);
        using var check = new CheckedPair(4);
        Console.WriteLine(pair.ToString() + check);
    }

    public static void MachineGood()
    {
        using var machine = new Machine();
        machine.Open(Mode.Both);
        machine.Close();
        machine.Open(Mode.Read);
    }

    public static void EnumCorrelatedGood(Mode mode)
    {
        nint input = 0;
        if (mode == Mode.Read || mode == Mode.Both)
        {
            input = Marshal.AllocHGlobal(4);
        }

        Console.WriteLine(mode);
        switch (mode)
        {
            case Mode.Read:
            case Mode.Both:
                Marshal.FreeHGlobal(input);
                break;
        }
    }

    public static void EnumCorrelatedBad(Mode mode) // bad: LIFE004|LIFE003
    {
        nint input = 0;
        if (mode == Mode.Read || mode == Mode.Both)
        {
            input = Marshal.AllocHGlobal(4);
        }

        Console.WriteLine(mode);
        switch (mode)
        {
            case Mode.Read:
                Marshal.FreeHGlobal(input);
                break;
        }
    }

    public static void CountCorrelatedGood(int count)
    {
        nint block = count == 0 ? 0 : Marshal.AllocHGlobal(count);
        for (int i = 0; i < count; i++)
        {
            Marshal.WriteByte(block, i, 0);
        }

        if (count != 0)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void NullCoalescingGood(byte[]? given, int size)
    {
        byte[] buffer = given ?? ArrayPool<byte>.Shared.Rent(size);
        buffer[0] = 1;
        if (given is null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static void NullCoalescingBad(byte[]? given, int size) // bad: LIFE003|LIFE016
    {
        byte[] buffer = given ?? ArrayPool<byte>.Shared.Rent(size);
        buffer[0] = 1;
    }

    public static void OptionalPoolGood(ArrayPool<byte>? pool, int size)
    {
        byte[] buffer = pool?.Rent(size) ?? new byte[size];
        buffer[0] = 1;
        pool?.Return(buffer);
    }

    public static async Task HandOffGood(Func<IMemoryOwner<byte>, Task> consumer)
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(16);
        await consumer(owner);
    }

    public static async Task UsingAcrossGood(Func<Memory<byte>, Task> consumer)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(16);
        await consumer(owner.Memory);
    }

    public static Task UsingTaskBad(Stream stream) // bad: LIFE007
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(16);
        return stream.WriteAsync(owner.Memory).AsTask();
    }

    public static (nint Block, bool Owned) Get(bool fresh, nint cached) => fresh ? (Marshal.AllocHGlobal(4), true) : (cached, false);

    public static void GetGood(bool fresh, nint cached)
    {
        (nint block, bool owned) = Get(fresh, cached);
        Marshal.WriteByte(block, 1);
        if (owned)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void GetBad(bool fresh, nint cached) // bad: LIFE003|LIFE004
    {
        (nint block, bool owned) = Get(fresh, cached);
        Marshal.WriteByte(block, 1);
        if (!owned)
        {
            Console.WriteLine("cached");
        }
    }

    public static nint Find(IEnumerable<nint> blocks, Func<nint, bool> match) => blocks.FirstOrDefault(match);

    public static void FindGood(List<nint> blocks)
    {
        nint found = Find(blocks, static block => Marshal.ReadByte(block) == 1);
        if (found != 0)
        {
            blocks.Remove(found);
            Marshal.FreeHGlobal(found);
        }
    }

    public static void SwapGood(ref nint mine, ref nint theirs)
    {
        nint old = mine;
        mine = theirs;
        theirs = old;
    }

    public static void SwapUseGood()
    {
        nint a = Marshal.AllocHGlobal(1);
        nint b = Marshal.AllocHGlobal(2);
        SwapGood(ref a, ref b);
        Marshal.FreeHGlobal(a);
        Marshal.FreeHGlobal(b);
    }

    public static void SwapUseBad() // bad: LIFE006, LIFE003|LIFE004
    {
        nint a = Marshal.AllocHGlobal(1);
        nint b = Marshal.AllocHGlobal(2);
        nint first = a;
        SwapGood(ref a, ref b);
        Marshal.FreeHGlobal(first);
        Marshal.FreeHGlobal(b);
    }

    public static void ReplaceGood(ref nint slot, int size)
    {
        if (slot != 0)
        {
            Marshal.FreeHGlobal(slot);
            slot = 0;
        }

        slot = Marshal.AllocHGlobal(size);
    }

    public static void ReplaceUseGood()
    {
        nint slot = 0;
        ReplaceGood(ref slot, 1);
        ReplaceGood(ref slot, 2);
        Marshal.FreeHGlobal(slot);
    }

    public static void ReplaceUseBad() // bad: LIFE003|LIFE004
    {
        nint slot = 0;
        ReplaceGood(ref slot, 1);
        ReplaceGood(ref slot, 2);
    }

    public static void TryFinallyFlagGood(Stream stream)
    {
        bool freed = false;
        nint block = Marshal.AllocHGlobal(8);
        try
        {
            if (stream.ReadByte() == 0)
            {
                Marshal.FreeHGlobal(block);
                freed = true;
                return;
            }

            Marshal.WriteByte(block, 1);
        }
        finally
        {
            if (!freed)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static nint SuccessOnlyGood(Stream stream)
    {
        nint block = Marshal.AllocHGlobal(8);
        bool success = false;
        try
        {
            Marshal.WriteInt32(block, stream.ReadByte());
            success = true;
            return block;
        }
        finally
        {
            if (!success)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static nint SuccessOnlyBad(Stream stream) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(8);
        bool success = false;
        try
        {
            Marshal.WriteInt32(block, stream.ReadByte());
            return block;
        }
        finally
        {
            if (!success)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    public static void NestedLoopsGood(int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
        {
            nint row = Marshal.AllocHGlobal(columns);
            for (int c = 0; c < columns; c++)
            {
                if (c == 13)
                {
                    Marshal.FreeHGlobal(row);
                    goto done;
                }

                Marshal.WriteByte(row, c, 0);
            }

            Marshal.FreeHGlobal(row);
        }

    done:
        Console.WriteLine("done");
    }

    public static void NestedLoopsBad(int rows, int columns) // bad: LIFE004|LIFE003
    {
        for (int r = 0; r < rows; r++)
        {
            nint row = Marshal.AllocHGlobal(columns);
            for (int c = 0; c < columns; c++)
            {
                if (c == 13)
                {
                    goto done;
                }

                Marshal.WriteByte(row, c, 0);
            }

            Marshal.FreeHGlobal(row);
        }

    done:
        Console.WriteLine("done");
    }
}
