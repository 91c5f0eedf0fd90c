// weakness: CWE-416
// construct: iterators that read what they are handed when somebody goes through them
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Suite.Support;

namespace Cases.EnumeratedLater;

internal static class Streams
{
    private static IEnumerable<int> Numbers(IntPtr p, int n)
    {
        for (int i = 0; i < n; i++)
        {
            yield return Marshal.ReadInt32(p, i * 4);
        }
    }

    private static IEnumerable<byte> Bytes(byte[] array, int n)
    {
        for (int i = 0; i < n; i++)
        {
            yield return array[i];
        }
    }

    private static async IAsyncEnumerable<int> Slowly(IntPtr p, int n)
    {
        for (int i = 0; i < n; i++)
        {
            await Task.Yield();
            yield return Marshal.ReadInt32(p, i * 4);
        }
    }

    // takes it over
    private static IEnumerable<int> NumbersOfOwn(IntPtr p, int n)
    {
        try
        {
            for (int i = 0; i < n; i++)
            {
                yield return Marshal.ReadInt32(p, i * 4);
            }
        }
        finally
        {
            Marshal.FreeHGlobal(p);
        }
    }

    private static int Sum(IEnumerable<int> numbers)
    {
        int sum = 0;
        foreach (int number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    public static int WalkedGood(int n)
    {
        IntPtr p = Marshal.AllocHGlobal(n * 4);
        int sum = 0;
        foreach (int number in Numbers(p, n))
        {
            sum += number;
        }

        Marshal.FreeHGlobal(p);
        return sum;
    }

    public static int QueriedGood(int n)
    {
        IntPtr p = Marshal.AllocHGlobal(n * 4);
        try
        {
            return Numbers(p, n).Where(number => number > 1).Sum();
        }
        finally
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static List<int> CollectedGood(int n)
    {
        IntPtr p = Marshal.AllocHGlobal(n * 4);
        try
        {
            return Numbers(p, n).ToList();
        }
        finally
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static string JoinedGood(int n)
    {
        IntPtr p = Marshal.AllocHGlobal(n * 4);
        try
        {
            return string.Join(",", Numbers(p, n));
        }
        finally
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static int HandedGood(int n)
    {
        IntPtr p = Marshal.AllocHGlobal(n * 4);
        int sum = Sum(Numbers(p, n));
        Marshal.FreeHGlobal(p);
        return sum;
    }

    public static IEnumerable<int> TakenOverGood(int n)
    {
        IntPtr p = Marshal.AllocHGlobal(n * 4);
        return NumbersOfOwn(p, n);
    }

    public static async Task<int> AwaitedGood(int n)
    {
        IntPtr p = Marshal.AllocHGlobal(n * 4);
        int sum = 0;
        try
        {
            await foreach (int number in Slowly(p, n))
            {
                sum += number;
            }
        }
        finally
        {
            Marshal.FreeHGlobal(p);
        }

        return sum;
    }

    public static IEnumerable<int> ReturnedBad(int n) // bad: LIFE007
    {
        IntPtr p = Marshal.AllocHGlobal(n * 4);
        try
        {
            return Numbers(p, n);
        }
        finally
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static IEnumerable<byte> RentedBad(int n) // bad: LIFE007
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(n);
        var bytes = Bytes(array, n);
        ArrayPool<byte>.Shared.Return(array);
        return bytes;
    }

    public static IAsyncEnumerable<int> SlowlyBad(int n) // bad: LIFE007
    {
        IntPtr p = Marshal.AllocHGlobal(n * 4);
        try
        {
            return Slowly(p, n);
        }
        finally
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static int WalkedBad(int n) // bad: LIFE007
    {
        IntPtr p = Marshal.AllocHGlobal(n * 4);
        var numbers = Numbers(p, n);
        Marshal.FreeHGlobal(p);
        int sum = 0;
        foreach (int number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    public static IEnumerable<int> NobodyReleasesBad(int n) // bad: LIFE003|LIFE004
    {
        IntPtr p = Marshal.AllocHGlobal(n * 4);
        return Numbers(p, n);
    }
}
