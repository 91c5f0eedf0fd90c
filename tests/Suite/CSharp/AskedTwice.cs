// weakness: CWE-401, CWE-416, CWE-762
// construct: conditions asked twice, alternatives, waits by events and sources
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Cases.AskedTwice;

internal static class AskedTwice
{
    public static void SystemGood()
    {
        nint p = 0;
        if (OperatingSystem.IsWindows())
        {
            p = Marshal.AllocHGlobal(8);
        }

        if (OperatingSystem.IsWindows())
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void AllocatorsGood()
    {
        nint p = OperatingSystem.IsWindows() ? Marshal.AllocHGlobal(8) : Marshal.AllocCoTaskMem(8);
        if (OperatingSystem.IsWindows())
        {
            Marshal.FreeHGlobal(p);
        }
        else
        {
            Marshal.FreeCoTaskMem(p);
        }
    }

    public static void TextGood(string text)
    {
        nint p = 0;
        if (!string.IsNullOrEmpty(text))
        {
            p = Marshal.AllocHGlobal(8);
        }

        if (!string.IsNullOrEmpty(text))
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void EitherGood(bool own, int size)
    {
        nint p = 0;
        if (own || size > 5)
        {
            p = Marshal.AllocHGlobal(8);
        }

        if (own || size > 5)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void NeitherGood(bool own, bool large)
    {
        nint p = 0;
        if (own || large)
        {
            p = Marshal.AllocHGlobal(8);
        }

        if (!own && !large)
        {
            return;
        }

        Marshal.FreeHGlobal(p);
    }

    public static void ThreeGood(bool own, bool large, int kind)
    {
        nint p = 0;
        if (own || large || kind == 3)
        {
            p = Marshal.AllocHGlobal(8);
        }

        if (own || large || kind == 3)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void BothGood(bool own, bool large)
    {
        nint p;
        if (own && large)
        {
            p = Marshal.AllocHGlobal(8);
        }
        else
        {
            p = Marshal.AllocCoTaskMem(8);
        }

        if (own && large)
        {
            Marshal.FreeHGlobal(p);
        }
        else
        {
            Marshal.FreeCoTaskMem(p);
        }
    }

    public static void LengthGood(int[] sizes)
    {
        nint p = 0;
        if (sizes.Length != 0)
        {
            p = Marshal.AllocHGlobal(8);
        }

        foreach (int size in sizes)
        {
            Marshal.WriteByte(p, (byte)size);
        }

        if (sizes.Length > 0)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void EitherBad(bool own, int size) // bad: LIFE004
    {
        nint p = 0;
        if (own || size > 5)
        {
            p = Marshal.AllocHGlobal(8);
        }

        if (size > 5)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void BothBad(bool own, bool large) // bad: LIFE004
    {
        nint p = 0;
        if (own || large)
        {
            p = Marshal.AllocHGlobal(8);
        }

        if (own && large)
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void OtherBad(string one, string two) // bad: LIFE004
    {
        nint p = 0;
        if (string.IsNullOrEmpty(one))
        {
            p = Marshal.AllocHGlobal(8);
        }

        if (string.IsNullOrEmpty(two))
        {
            Marshal.FreeHGlobal(p);
        }
    }

    public static void EventGood()
    {
        byte[] b = ArrayPool<byte>.Shared.Rent(8);
        using var done = new ManualResetEventSlim();
        ThreadPool.QueueUserWorkItem(_ => { b[0] = 1; done.Set(); });
        done.Wait();
        ArrayPool<byte>.Shared.Return(b);
    }

    public static async Task SourceGood()
    {
        byte[] b = ArrayPool<byte>.Shared.Rent(8);
        var done = new TaskCompletionSource();
        ThreadPool.QueueUserWorkItem(_ => { b[0] = 1; done.SetResult(); });
        await done.Task;
        ArrayPool<byte>.Shared.Return(b);
    }

    public static void ThreadsGood(int n)
    {
        byte[] b = ArrayPool<byte>.Shared.Rent(8);
        var threads = new Thread[n];
        for (int i = 0; i < n; i++)
        {
            threads[i] = new Thread(() => b[0]++);
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        ArrayPool<byte>.Shared.Return(b);
    }

    public static void LeftBad() // bad: LIFE007
    {
        byte[] b = ArrayPool<byte>.Shared.Rent(8);
        ThreadPool.QueueUserWorkItem(_ => { b[0] = 1; });
        ArrayPool<byte>.Shared.Return(b);
    }

    public static void UnrelatedBad(ManualResetEventSlim other) // bad: LIFE007
    {
        byte[] b = ArrayPool<byte>.Shared.Rent(8);
        ThreadPool.QueueUserWorkItem(_ => { b[0] = 1; });
        other.Wait();
        ArrayPool<byte>.Shared.Return(b);
    }
}
