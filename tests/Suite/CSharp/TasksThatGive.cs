// weakness: CWE-401, CWE-416
// construct: tasks that give what has to be released, results that are made of a block, the best of a loop, combined delegates, callbacks with a state
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Cases.TasksThatGive;

internal sealed unsafe class Sheet : IDisposable
{
    private void* _cells = NativeMemory.Alloc(64);

    public int Rows => *(int*)_cells;

    public void Dispose()
    {
        NativeMemory.Free(_cells);
        _cells = null;
    }
}

internal static class Sheets
{
    public static async Task<Sheet> LoadAsync(CancellationToken token)
    {
        await Task.Delay(1, token);
        return new Sheet();
    }

    public static async Task<nint> LoadRawAsync(CancellationToken token)
    {
        await Task.Delay(1, token);
        return Marshal.AllocHGlobal(64);
    }

    public static Sheet Next() => new();

    public static async Task<int> Count(CancellationToken token)
    {
        Sheet sheet;
        try
        {
            sheet = await LoadAsync(token);
        }
        catch (IOException)
        {
            return 0;
        }

        using (sheet)
        {
            return sheet.Rows;
        }
    }

    public static async Task<int> CountRaw(CancellationToken token)
    {
        nint cells = 0;
        try
        {
            cells = await LoadRawAsync(token);
            return Marshal.ReadInt32(cells);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        finally
        {
            if (cells != 0)
            {
                Marshal.FreeHGlobal(cells);
            }
        }
    }

    public static async Task<int> CountAndLose(StreamReader lines, CancellationToken token) // bad: LIFE004
    {
        try
        {
            Sheet sheet = await LoadAsync(token);
            int read = (await lines.ReadLineAsync(token))!.Length;
            sheet.Dispose();
            return read;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public static async Task<int> Look(CancellationToken token)
    {
        Task<Sheet> loading = LoadAsync(token);
        if (!loading.IsCompleted)
        {
            await Task.Yield();
        }

        using Sheet sheet = loading.IsCompletedSuccessfully ? loading.Result : await loading;
        return sheet.Rows;
    }

    public static async Task<bool> LookOnly(CancellationToken token) // bad: LIFE003
    {
        Task<Sheet> loading = LoadAsync(token);
        bool isDone = loading.IsCompleted;
        await loading;
        return isDone;
    }

    public static async Task<int> First(CancellationToken token)
    {
        Task<Sheet> one = LoadAsync(token);
        Task<Sheet> other = LoadAsync(token);
        Task<Sheet> first = await Task.WhenAny(one, other);
        using Sheet sheet = await first;
        using Sheet second = await (first == one ? other : one);
        return sheet.Rows + second.Rows;
    }

    public static async Task<int> Each(int count, CancellationToken token)
    {
        List<Task<Sheet>> loading = new();
        for (int i = 0; i < count; i++)
        {
            loading.Add(LoadAsync(token));
        }

        int rows = 0;
        foreach (Task<Sheet> one in loading)
        {
            using Sheet sheet = await one;
            rows += sheet.Rows;
        }

        return rows;
    }

    public static Task<int> Then(CancellationToken token) => LoadAsync(token).ContinueWith(
        static loaded =>
        {
            using Sheet sheet = loaded.Result;
            return sheet.Rows;
        },
        TaskScheduler.Default);

    public static byte[] Derive(Func<nint, byte[]> derive)
    {
        nint secret = Marshal.AllocHGlobal(32);
        try
        {
            return derive(secret);
        }
        finally
        {
            Marshal.FreeHGlobal(secret);
        }
    }

    public static Task<int> DeriveLater(Func<nint, Task<int>> derive) // bad: LIFE007
    {
        nint secret = Marshal.AllocHGlobal(32);
        try
        {
            return derive(secret);
        }
        finally
        {
            Marshal.FreeHGlobal(secret);
        }
    }

    public static List<int> Odd(int[] values)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(values.Length);
        try
        {
            values.CopyTo(rented, 0);
            return rented.Take(values.Length).Where(static value => (value & 1) == 1).ToList();
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    public static HashSet<int> Distinct(int[] values)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(values.Length);
        try
        {
            values.CopyTo(rented, 0);
            return rented.ToHashSet();
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    public static IEnumerable<int> OddLater(int[] values) // bad: LIFE007
    {
        int[] rented = ArrayPool<int>.Shared.Rent(values.Length);
        try
        {
            values.CopyTo(rented, 0);
            return rented.Where(static value => (value & 1) == 1);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    private static int Use(Sheet sheet)
    {
        using (sheet)
        {
            return sheet.Rows + File.ReadAllText("a").Length;
        }
    }

    private static int UseOnly(Sheet sheet) => sheet.Rows + File.ReadAllText("a").Length;

    public static int UseAndCatch()
    {
        Sheet sheet = new();
        try
        {
            return Use(sheet);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public static int UseOnlyAndCatch() // bad: LIFE004
    {
        Sheet sheet = new();
        try
        {
            int rows = UseOnly(sheet);
            sheet.Dispose();
            return rows;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public static Sheet? Largest(int count)
    {
        Sheet? largest = null;
        for (int i = 0; i < count; i++)
        {
            Sheet next = Next();
            if (largest != null && next.Rows <= largest.Rows)
            {
                next.Dispose();
                continue;
            }

            largest?.Dispose();
            largest = next;
        }

        return largest;
    }

    public static Sheet? LargestOnly(int count) // bad: LIFE004
    {
        Sheet? largest = null;
        for (int i = 0; i < count; i++)
        {
            Sheet next = Next();
            if (largest != null && next.Rows <= largest.Rows)
            {
                continue;
            }

            largest?.Dispose();
            largest = next;
        }

        return largest;
    }

    public static int Undo(int size)
    {
        Action undo = static () => Console.WriteLine("undone");
        nint block = Marshal.AllocHGlobal(size);
        undo += () => Marshal.FreeHGlobal(block);
        int read = Marshal.ReadInt32(block);
        undo();
        return read;
    }

    public static int UndoIfAny(int size)
    {
        Action? undo = null;
        try
        {
            nint block = Marshal.AllocHGlobal(size);
            undo += () => Marshal.FreeHGlobal(block);
            return Marshal.ReadInt32(block);
        }
        finally
        {
            undo?.Invoke();
        }
    }

    public static int UndoNothing(int size) // bad: LIFE003
    {
        Action undo = static () => Console.WriteLine("undone");
        nint block = Marshal.AllocHGlobal(size);
        int read = Marshal.ReadInt32(block);
        undo += () => Console.WriteLine(size);
        undo();
        return read;
    }

    public static void Begin(Stream stream)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(64);
        stream.BeginRead(rented, 0, 64, static done => ArrayPool<byte>.Shared.Return((byte[])done.AsyncState!), rented);
    }

    public static void BeginWithNothing(Stream stream) // bad: LIFE003
    {
        nint block = Marshal.AllocHGlobal(64);
        Marshal.WriteInt32(block, 1);
        stream.BeginRead(new byte[64], 0, 64, static done => Console.WriteLine(done.IsCompleted), null);
    }
}
