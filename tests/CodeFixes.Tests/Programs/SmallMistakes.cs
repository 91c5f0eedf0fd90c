using System.Buffers;
using System.Runtime.InteropServices;

namespace SmallMistakes;

internal struct Entry
{
    public nint Name;
    public int Age;
}

internal unsafe struct ByteList
{
    private byte* _start;
    private int _capacity;
    private int _count;

    public readonly int Count => _count;

    public void Add(byte value)
    {
        if (_count == _capacity)
        {
            _capacity = _capacity == 0 ? 16 : _capacity * 2;
            _start = (byte*)NativeMemory.Realloc(_start, (nuint)_capacity);
        }

        _start[_count++] = value;
    }

    public void Free()
    {
        NativeMemory.Free(_start);
        this = default;
    }
}

// A number of rows that changes, and rows that a constructor may not come to.
internal sealed unsafe class Grid : IDisposable
{
    private readonly float** _lines;
    private int _used;

    public Grid(uint lines, int width, bool isEmpty)
    {
        _lines = (float**)NativeMemory.Alloc(lines * (uint)sizeof(float*));
        if (isEmpty)
        {
            return;
        }

        for (uint i = 0; i < lines; i++)
        {
            _lines[i] = (float*)NativeMemory.Alloc((nuint)width, sizeof(float));
            _used++;
        }
    }

    public float At(int line, int column) => line < _used ? _lines[line][column] : 0;

    public void Dispose() => NativeMemory.Free(_lines);
}

internal static unsafe class SmallMistakes
{
    private static Entry[] Read(int count)
    {
        var entries = new Entry[count];
        for (int i = 0; i < count; i++)
        {
            entries[i].Name = Marshal.StringToHGlobalAnsi("entry " + i);
            entries[i].Age = i;
        }

        return entries;
    }

    private static void ReadInto(List<nint> target, int count)
    {
        for (int i = 0; i < count; i++)
        {
            target.Add(Marshal.AllocHGlobal(8));
        }
    }

    private static bool TryRead(List<nint> target, int count)
    {
        if (count == 0)
        {
            return false;
        }

        target.Add(Marshal.AllocHGlobal(count));
        return true;
    }

    private static void ReleaseAll(List<nint> blocks)
    {
        foreach (nint block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }

        blocks.Clear();
    }

    public static int Oldest(int count)
    {
        Entry[] entries = Read(count);
        int oldest = 0;
        foreach (Entry entry in entries)
        {
            oldest = Math.Max(oldest, entry.Age);
        }

        return oldest;
    }

    public static int Filled(int count)
    {
        var blocks = new List<nint>();
        ReadInto(blocks, count);
        if (blocks.Count > 100)
        {
            return -1;
        }

        ReleaseAll(blocks);
        return 0;
    }

    public static int Tried(int count)
    {
        var blocks = new List<nint>();
        if (!TryRead(blocks, count))
        {
            return 0;
        }

        return blocks.Count;
    }

    public static int Ascii(string text)
    {
        ByteList bytes = default;
        foreach (char c in text)
        {
            if (c > 127)
            {
                return -1;
            }

            bytes.Add((byte)c);
        }

        int count = bytes.Count;
        bytes.Free();
        return count;
    }

    public static int Growing(ReadOnlySpan<char> text)
    {
        Span<char> buffer = stackalloc char[16];
        char[]? rented = null;
        int used = 0;
        foreach (char one in text)
        {
            if (used == buffer.Length)
            {
                char[]? old = rented;
                rented = ArrayPool<char>.Shared.Rent(buffer.Length * 2);
                buffer.CopyTo(rented);
                buffer = rented;
                if (old is not null)
                {
                    ArrayPool<char>.Shared.Return(rented);
                }
            }

            buffer[used++] = one;
        }

        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return used;
    }

    public static void Flagged(bool early, TextWriter log)
    {
        nint block = Marshal.AllocHGlobal(4);
        bool freed = false;
        if (early)
        {
            Marshal.FreeHGlobal(block);
            freed = true;
        }

        log.WriteLine("between");
        if (freed)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static (byte[] Bytes, int Length) InATuple(int n)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(n);
        try
        {
            rented[0] = 1;
            return (rented, n);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static bool View(int n, out ReadOnlyMemory<byte> view)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(n);
        rented[0] = 1;
        view = rented.AsMemory(0, n);
        ArrayPool<byte>.Shared.Return(rented);
        return true;
    }

    public static int Arguments(string[] words)
    {
        byte** arguments = stackalloc byte*[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            arguments[i] = (byte*)Marshal.StringToCoTaskMemUTF8(words[i]);
        }

        return run(arguments, words.Length);
    }

    public static int Rows(int rows, int wanted)
    {
        int** table = (int**)NativeMemory.AllocZeroed((nuint)rows, (nuint)sizeof(int*));
        for (int i = 0; i < rows; i++)
        {
            if (i == wanted)
            {
                return -1;
            }

            table[i] = (int*)NativeMemory.AllocZeroed(16, sizeof(int));
        }

        for (int i = 0; i < rows; i++)
        {
            NativeMemory.Free(table[i]);
        }

        NativeMemory.Free(table);
        return rows;
    }

    public static int Blanks(string text, TextWriter log)
    {
        char* cursor = (char*)NativeMemory.AllocZeroed((nuint)text.Length + 1, sizeof(char));
        text.AsSpan().CopyTo(new Span<char>(cursor, text.Length));
        int blanks = 0;
        while (*cursor == ' ')
        {
            log.WriteLine("one more");
            blanks++;
            cursor++;
        }

        NativeMemory.Free(cursor);
        return blanks;
    }

    public static int Refused(int size)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        if (buffer.Length > 4096)
        {
            return Report("too long: " + size);
        }

        int first = buffer[0];
        ArrayPool<byte>.Shared.Return(buffer);
        return first;
    }

    private static int Report(string why) => why.Length;

    [DllImport("runner")]
    private static extern int run(byte** arguments, int count);
}
