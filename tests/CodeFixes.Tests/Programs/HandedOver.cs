using System.Runtime.InteropServices;

namespace Acme.Hand;

// Functions that release what they are handed, and not when something throws before.
internal static unsafe class HandedOver
{
    [DllImport("c", EntryPoint = "malloc")]
    private static extern void* Malloc(nuint size);

    [DllImport("c", EntryPoint = "realloc")]
    private static extern void* Realloc(void* block, nuint size);

    [DllImport("c", EntryPoint = "free")]
    private static extern void Free(void* block);

    public static void Whole(string text)
    {
        nint block = Marshal.StringToHGlobalUni(text);
        PrintAndFree(block);
    }

    private static void PrintAndFree(nint block)
    {
        // the text, and a line end
        Console.Write(Marshal.PtrToStringUni(block));
        Console.WriteLine();
        Marshal.FreeHGlobal(block); // no longer needed
    }

    public static int Counted(string text)
    {
        nint block = Marshal.StringToHGlobalUni(text);
        return CountAndFree(block, text.Length);
    }

    private static int CountAndFree(nint block, int length)
    {
        var text = Marshal.PtrToStringUni(block, length)!;
        int count = text.Count(char.IsLetter);
        Marshal.FreeHGlobal(block);
        return count;
    }

    public static void Nested(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        Outer(block, size);
    }

    private static void Outer(nint block, int size)
    {
        Console.WriteLine(size);
        Inner(block);
    }

    private static void Inner(nint block)
    {
        Console.WriteLine(Marshal.ReadByte(block));
        Marshal.FreeHGlobal(block);
    }

    public static void Grown(nuint size)
    {
        var p = (byte*)Malloc(10);
        p = (byte*)Realloc(p, size);
        if (p == null)
        {
            return;
        }

        p[0] = 1;
        Free(p);
    }

    public static void Moved(nuint size)
    {
        byte* p = (byte*)Malloc(10);
        byte* q = (byte*)Realloc(p, size);
        if (q == null)
        {
            return;
        }

        Free(q);
    }

    public static void Inverted(bool wanted)
    {
        byte* p = (byte*)Malloc(16);
        if (p is null)
        {
            Free(p);
        }
    }

    public static nint ReturnedGone()
    {
        nint block = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(block);
        return block;
    }

    public static void Dropped(int size)
    {
        (_, int length) = Made(size);
        Console.WriteLine(length);
    }

    private static (nint Block, int Length) Made(int size) => (Marshal.AllocHGlobal(size), size);

    public static int Rows(int count)
    {
        int** rows = (int**)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(int*));
        for (int i = 0; i < count; i++)
        {
            rows[i] = (int*)NativeMemory.AllocZeroed(8);
        }

        int first = **rows;
        NativeMemory.Free(rows);
        return first;
    }

    public static bool TryMake(int size, out nint block)
    {
        block = size > 0 ? Marshal.AllocHGlobal(size) : 0;
        return size > 0;
    }

    public static int Tried(int size, int other)
    {
        if (!TryMake(size, out nint first))
        {
            return -1;
        }

        int value = Marshal.ReadByte(first);
        if (value > other)
        {
            return 0;
        }

        Marshal.FreeHGlobal(first);
        return value;
    }

    public static bool Given(int size, out byte[]? buffer)
    {
        buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(size);
        if (buffer.Length > 100)
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            return false;
        }

        return true;
    }
}

internal sealed class Opened : IDisposable
{
    private nint _block;

    public Opened(int size)
    {
        _block = Marshal.AllocHGlobal(16);
        if (size > 16)
        {
            throw new ArgumentOutOfRangeException(nameof(size));
        }
    }

    public void Dispose()
    {
        Console.WriteLine(Marshal.ReadByte(_block));
        _block = 0;
    }
}

internal sealed class Forgetful : Microsoft.Win32.SafeHandles.SafeHandleZeroOrMinusOneIsInvalid
{
    public Forgetful(int size)
        : base(ownsHandle: true) => SetHandle(Marshal.AllocHGlobal(size));

    protected override bool ReleaseHandle()
    {
        // all is well
        return true;
    }
}
