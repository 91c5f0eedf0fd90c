using System.Buffers;
using System.Runtime.InteropServices;

namespace Pipe;

public enum Kind { A, B, C }

public abstract class Stage<TIn, TOut>
{
    public abstract TOut Run(TIn input);

    protected static unsafe T Read<T>(byte[] source, int offset) where T : unmanaged
    {
        var size = sizeof(T);
        var copy = Marshal.AllocHGlobal(size);
        Marshal.Copy(source, offset, copy, size);
        if (offset == 0)
        {
            return *(T*)copy;
        }
        else if (offset < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(offset));
        }

        T value = *(T*)copy;
        Marshal.FreeHGlobal(copy);
        return value;
    }
}

public sealed class Text : Stage<byte[], string>
{
    public override string Run(byte[] input)
    {
        var chars = ArrayPool<char>.Shared.Rent(input.Length);
        try
        {
            var n = 0;
            foreach (var b in input)
            {
                if (b == 0) return new string(chars, 0, n);
                chars[n++] = (char)b;
            }

            var result = new string(chars, 0, n);
            ArrayPool<char>.Shared.Return(chars);
            return result;
        }
        catch (IndexOutOfRangeException)
        {
            return "";
        }
    }

    public static string Switch(Kind kind, byte[] data) => kind switch
    {
        Kind.A when data.Length > 0 => Pin(data, static p => Marshal.ReadByte(p).ToString()),
        Kind.B => Pin(data, p => (Marshal.ReadByte(p) + data.Length).ToString()),
        Kind.C => throw new NotSupportedException(),
        _ => string.Empty,
    };

    private static string Pin(byte[] data, Func<IntPtr, string> read)
    {
        GCHandle handle = GCHandle.Alloc(data, GCHandleType.Pinned);
        return read(handle.AddrOfPinnedObject());
    }

    private static bool TryPin(byte[] data, out IntPtr address, out GCHandle handle)
    {
        handle = GCHandle.Alloc(data, GCHandleType.Pinned);
        address = handle.AddrOfPinnedObject();
        return address != IntPtr.Zero;
    }

    public static int UsePin(byte[] data)
    {
        if (!TryPin(data, out var address, out var handle))
            return -1;
        var first = Marshal.ReadByte(address);
        return first;
    }

    public static int Recursive(int n)
    {
        if (n == 0) return 0;
        var p = Marshal.AllocHGlobal(n);
        Marshal.WriteByte(p, (byte)n);
        return Marshal.ReadByte(p) + Recursive(n - 1);
    }

    public static unsafe void Matrix(int rows, int cols)
    {
        double* a = null, b = null;
        a = (double*)NativeMemory.Alloc((nuint)(rows * cols), sizeof(double));
        b = (double*)NativeMemory.Alloc((nuint)(rows * cols), sizeof(double));
        for (int i = 0; i < rows * cols; i++) { a[i] = i; b[i] = -i; }
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < cols; j++)
            {
                if (a[i * cols + j] + b[i * cols + j] != 0)
                {
                    NativeMemory.Free(a);
                    return;
                }
            }
        }

        NativeMemory.Free(b);
        NativeMemory.Free(a);
    }

    public static unsafe int Null(int n)
    {
        byte* p = (byte*)NativeMemory.Alloc((nuint)n);
        if (p == null)
            return -1;
        byte* bigger = (byte*)NativeMemory.Realloc(p, (nuint)n * 2);
        if (bigger == null)
            return -2;
        bigger[0] = 1;
        return bigger[0];
    }

    public static int Using(Stream s)
    {
        using (var reader = new BinaryReader(s))
        using (var memory = new MemoryStream())
        {
            var count = reader.ReadInt32();
            var block = Marshal.AllocHGlobal(count);
            for (int i = 0; i < count; i++) Marshal.WriteByte(block, i, reader.ReadByte());
            return Marshal.ReadByte(block) + (int)memory.Length;
        }
    }

    public static void Event(object sender, EventArgs e)
    {
        var h = GCHandle.Alloc(sender);
        var ptr = GCHandle.ToIntPtr(h);
        Console.WriteLine(ptr.ToString("x") + e);
    }

    public static int Goto(int n)
    {
        var p = Marshal.AllocHGlobal(n);
    again:
        Marshal.WriteByte(p, (byte)n);
        if (n-- > 3) goto again;
        if (n == 1) return -1;
        Marshal.FreeHGlobal(p);
        return n;
    }

    public static int Ternary(bool a, int n)
    {
        var p = a ? Marshal.AllocHGlobal(n) : Marshal.AllocHGlobal(n * 2);
        Marshal.WriteByte(p, 1);
        return Marshal.ReadByte(p);
    }

    public static int Pattern(object o)
    {
        if (o is string { Length: > 0 } s && Marshal.StringToHGlobalUni(s) is var p && p != 0)
        {
            return Marshal.ReadInt16(p);
        }

        return 0;
    }

    public static (int, int) Tuple(int n)
    {
        var (p, q) = (Marshal.AllocHGlobal(n), Marshal.AllocHGlobal(n));
        Marshal.WriteByte(p, 1);
        Marshal.WriteByte(q, 2);
        return (Marshal.ReadByte(p), Marshal.ReadByte(q));
    }
}
