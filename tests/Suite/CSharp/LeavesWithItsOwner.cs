// weakness: CWE-416
// construct: views, delegates, queries and iterators over what a using or finally releases when the body is left
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace Cases.LeavesWithItsOwner;

internal sealed class Lease : IDisposable
{
    private readonly int _size;
    private byte[]? _bytes;

    public Lease(int size)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(size);
        _size = size;
    }

    public Memory<byte> Memory => _bytes.AsMemory(0, _size);

    public int Size => _size;

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = null;
        if (bytes != null)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}

internal sealed unsafe class Row : IDisposable
{
    private readonly int _count;
    private double* _values;

    public Row(int count)
    {
        _count = count;
        _values = (double*)NativeMemory.AllocZeroed((nuint)count, sizeof(double));
    }

    public double Sum()
    {
        var sum = 0.0;
        for (var i = 0; i < _count; i++)
        {
            sum += _values[i];
        }

        return sum;
    }

    public void Dispose()
    {
        NativeMemory.Free(_values);
        _values = null;
    }
}

internal static class LeavesWithItsOwner
{
    public static (int Size, Memory<byte> Bytes) InTuple(int n) // bad: LIFE007
    {
        using var lease = new Lease(n);
        return (n, lease.Memory);
    }

    public static (int Size, byte[] Bytes) CopyInTuple(int n)
    {
        using var lease = new Lease(n);
        return (lease.Size, lease.Memory.ToArray());
    }

    public static bool InParameter(int n, out Memory<byte> bytes) // bad: LIFE007
    {
        using var lease = new Lease(n);
        bytes = lease.Memory;
        return true;
    }

    public static bool CopyInParameter(int n, out Memory<byte> bytes)
    {
        using var lease = new Lease(n);
        bytes = lease.Memory.ToArray();
        return true;
    }

    public static Func<double> Summing(int n) // bad: LIFE007
    {
        using var row = new Row(n);
        return () => row.Sum();
    }

    public static Func<double> SummingAndReleasing(int n)
    {
        var row = new Row(n);
        return () =>
        {
            using (row)
            {
                return row.Sum();
            }
        };
    }

    public static Func<double> SummedAlready(int n)
    {
        using var row = new Row(n);
        var sum = row.Sum();
        return () => sum;
    }

    public static Action<int> Writing(int n) // bad: LIFE007
    {
        var block = Marshal.AllocHGlobal(n);
        try
        {
            return value => Marshal.WriteInt32(block, value);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static IEnumerable<int> Queried(int n) // bad: LIFE007
    {
        var numbers = ArrayPool<int>.Shared.Rent(n);
        try
        {
            return numbers.Take(n).Select(static number => number + 1);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(numbers);
        }
    }

    public static List<int> Listed(int n)
    {
        var numbers = ArrayPool<int>.Shared.Rent(n);
        try
        {
            return numbers.Take(n).Select(static number => number + 1).ToList();
        }
        finally
        {
            ArrayPool<int>.Shared.Return(numbers);
        }
    }

    public static IEnumerable<int> GoneThroughLater(int n) // bad: LIFE007
    {
        using var row = new Row(n);
        return Steps(row);
    }

    public static List<int> GoneThrough(int n)
    {
        using var row = new Row(n);
        return Steps(row).ToList();
    }

    public static string Joined(int n)
    {
        using var row = new Row(n);
        return string.Join(",", Steps(row));
    }

    public static string JoinedTooLate(int n) // bad: LIFE007
    {
        var row = new Row(n);
        var steps = Steps(row);
        row.Dispose();
        return string.Join(",", steps);
    }

    public static IEnumerable<int> TakenAlong(int n)
    {
        var row = new Row(n);
        return StepsAndEnd(row);
    }

    private static IEnumerable<int> Steps(Row row)
    {
        yield return (int)row.Sum();
    }

    private static IEnumerable<int> StepsAndEnd(Row row)
    {
        using (row)
        {
            yield return (int)row.Sum();
        }
    }
}
