// weakness: mixed
// construct: file-local types, partial members, records, ref structs, handlers, function pointers, inline arrays, static abstracts, iterators, switch expressions
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Cases.CSharp14.OddConstructs;

file sealed class LocalToTheFile : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

file sealed class LocalToTheFileToo : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(8); // bad: LIFE013

    public void Dispose()
    {
    }
}

internal sealed partial class InTwoParts
{
    private nint _current;

    public partial nint Take(int size);

    public partial void Give(nint block);

    public partial nint Current { get; set; }

    public static void PartialGood()
    {
        InTwoParts parts = new();
        nint block = parts.Take(8);
        parts.Give(block);
    }

    public static void PartialBad() // bad: LIFE003
    {
        InTwoParts parts = new();
        nint block = parts.Take(8);
        Marshal.WriteByte(block, 0);
    }
}

internal sealed partial class InTwoParts
{
    public partial nint Take(int size) => Marshal.AllocHGlobal(size);

    public partial void Give(nint block) => Marshal.FreeHGlobal(block);

    public partial nint Current
    {
        get => _current;
        set => _current = value;
    }
}

internal readonly record struct Range(nint Start, int Length);

internal sealed record Named(string Name, nint Block);

internal static class Records
{
    public static void RecordStructGood()
    {
        Range range = new(Marshal.AllocHGlobal(8), 8);
        Range shorter = range with { Length = 4 };
        Marshal.FreeHGlobal(shorter.Start);
    }

    public static int RecordStructBad() // bad: LIFE003
    {
        Range range = new(Marshal.AllocHGlobal(8), 8);
        Range shorter = range with { Length = 4 };
        return shorter.Length;
    }

    public static void RecordGood()
    {
        Named named = new("a", Marshal.AllocHGlobal(8));
        (string _, nint block) = named;
        Marshal.FreeHGlobal(block);
    }

    public static void RecordTwiceBad() // bad: LIFE006
    {
        Named named = new("a", Marshal.AllocHGlobal(8));
        Marshal.FreeHGlobal(named.Block);
        Marshal.FreeHGlobal(named.Block);
    }
}

internal ref struct Lease
{
    private byte[]? _array;

    public Lease(int size) => _array = ArrayPool<byte>.Shared.Rent(size);

    public readonly ref byte First => ref _array![0];

    public readonly Span<byte> Span => _array;

    public void Dispose()
    {
        if (_array is { } array)
        {
            _array = null;
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}

internal static class RefStructs
{
    public static byte LeaseGood()
    {
        using Lease lease = new(16);
        lease.First = 1;
        ref byte first = ref lease.First;
        return first;
    }

    public static byte LeaseAfterDisposeBad() // bad: LIFE007
    {
        Lease lease = new(16);
        Span<byte> span = lease.Span;
        lease.Dispose();
        return span[0];
    }

    public static int ScopedGood(scoped Span<byte> input)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(input.Length);
        try
        {
            scoped Span<byte> copy = array;
            input.CopyTo(copy);
            return copy[0];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}

[InterpolatedStringHandler]
internal readonly ref struct Handler
{
    private readonly char[] _array;

    public Handler(int literalLength, int formattedCount, bool enabled, out bool isEnabled)
    {
        isEnabled = enabled;
        _array = enabled ? ArrayPool<char>.Shared.Rent(literalLength + formattedCount) : [];
    }

    public void AppendLiteral(string text) => text.CopyTo(_array);

    public void AppendFormatted<T>(T value) => _array[0] = value is null ? ' ' : '*';

    public void Finish()
    {
        if (_array.Length > 0)
        {
            ArrayPool<char>.Shared.Return(_array);
        }
    }
}

internal static class Handlers
{
    public static void Log(bool enabled, [InterpolatedStringHandlerArgument("enabled")] Handler handler) => handler.Finish();

    public static void HandlerGood(int value) => Log(value > 0, $"value {value}");

    public static string HoleGood(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        string text = $"at {block:x} of {(size > 8 ? "large" : "small")}";
        Marshal.FreeHGlobal(block);
        return text;
    }

    public static string HoleBad(int size) // bad: LIFE003
    {
        nint block = Marshal.AllocHGlobal(size);
        return $"at {block:x} of {(size > 8 ? "large" : "small")}";
    }
}

internal static unsafe class FunctionPointers
{
    public static void ManagedPointerGood(delegate*<nint, void> visit)
    {
        nint block = Marshal.AllocHGlobal(8);
        visit(block);
    }

    public static void AllocatorGood()
    {
        delegate*<int, nint> allocate = &Marshal.AllocHGlobal;
        nint block = allocate(8);
        Marshal.FreeHGlobal(block);
    }

    public static void UnmanagedAndBad(delegate* unmanaged[Cdecl]<int, int> next, bool flag) // bad: LIFE004
    {
        void* block = NativeMemory.Alloc(8);
        if (next(1) > 0 && flag)
        {
            return;
        }

        NativeMemory.Free(block);
    }
}

[InlineArray(4)]
internal struct Four
{
    private nint _first;
}

internal interface ISource<TSelf>
    where TSelf : ISource<TSelf>
{
    static abstract nint Make();

    static virtual void Drop(nint block) => Marshal.FreeHGlobal(block);
}

internal readonly struct HeapSource : ISource<HeapSource>
{
    public static nint Make() => Marshal.AllocHGlobal(4);
}

internal static class Others
{
    public static void InlineArrayGood()
    {
        Four four = default;
        four[0] = Marshal.AllocHGlobal(8);
        foreach (nint block in four)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void StaticAbstractGood<T>()
        where T : ISource<T>
    {
        nint block = T.Make();
        T.Drop(block);
    }

    public static nint SwitchExpressionGood(int kind) => kind switch
    {
        0 => 0,
        > 100 => throw new ArgumentOutOfRangeException(nameof(kind)),
        var size => Marshal.AllocHGlobal(size),
    };

    public static int SwitchExpressionBad(int kind) // bad: LIFE004|LIFE003
    {
        nint block = kind switch
        {
            0 => 0,
            _ => Marshal.AllocHGlobal(kind),
        };
        return kind switch
        {
            < 8 when block != 0 => Marshal.ReadByte(block),
            _ => 1,
        };
    }

    public static async IAsyncEnumerable<int> AsyncIteratorGood(int count)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            for (int i = 0; i < count; i++)
            {
                await Task.Yield();
                yield return array[i];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    public static void GotoCaseBad(int kind) // bad: LIFE004
    {
        nint block = Marshal.AllocHGlobal(8);
        switch (kind)
        {
            case 0:
                goto case 2;
            case 1:
                return;
            case 2:
                Marshal.FreeHGlobal(block);
                break;
            default:
                goto case 0;
        }
    }

    public static int LambdaDefaultsGood()
    {
        var allocate = (int size = 8) => Marshal.AllocHGlobal(size);
        nint block = allocate();
        int value = Marshal.ReadByte(block);
        Marshal.FreeHGlobal(block);
        return value;
    }
}

/// <summary>Freed through the field that the exchange has just emptied.</summary>
internal readonly struct Emptied : IDisposable
{
    private readonly nint _data;

    public Emptied(int size) => _data = Marshal.AllocHGlobal(size);

    public void Dispose() // bad: LIFE013|LIFE003
    {
        nint data = Interlocked.Exchange(ref Unsafe.AsRef(in _data), 0);
        if (data != 0)
        {
            Marshal.FreeHGlobal(_data);
        }
    }
}
