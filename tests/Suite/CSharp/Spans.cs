// weakness: mixed
// construct: spans and memories over a block
using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Spans;

internal static unsafe class Views
{
    public static byte SpanAfterFreeBad() // bad: LIFE007
    {
        byte* block = (byte*)NativeMemory.AllocZeroed(16);
        var span = new Span<byte>(block, 16);
        NativeMemory.Free(block);
        return span[3];
    }

    public static byte SpanBeforeFreeGood()
    {
        byte* block = (byte*)NativeMemory.AllocZeroed(16);
        var span = new Span<byte>(block, 16);
        byte result = span[3];
        NativeMemory.Free(block);
        return result;
    }

    public static void SliceAfterFreeBad() // bad: LIFE007
    {
        byte* block = (byte*)NativeMemory.AllocZeroed(16);
        Span<byte> slice = new Span<byte>(block, 16).Slice(4, 4);
        NativeMemory.Free(block);
        slice.Clear();
    }

    public static int ReadOnlySpanAfterReturnBad(string text) // bad: LIFE007
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(buffer);
        ReadOnlySpan<char> view = buffer.AsSpan(0, text.Length);
        ArrayPool<char>.Shared.Return(buffer);
        return view.IndexOf('x');
    }

    public static int ReadOnlySpanBeforeReturnGood(string text)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(buffer);
        ReadOnlySpan<char> view = buffer.AsSpan(0, text.Length);
        int result = view.IndexOf('x');
        ArrayPool<char>.Shared.Return(buffer);
        return result;
    }

    public static Memory<byte> MemoryOfReturnedArrayBad(int length) // bad: LIFE007|LIFE010
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        Memory<byte> memory = buffer.AsMemory(0, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return memory;
    }

    public static ArraySegment<byte> SegmentHandsOverGood(int length)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        return new ArraySegment<byte>(buffer, 0, length);
    }

    public static void SegmentGivesBackGood(int length)
    {
        ArraySegment<byte> segment = SegmentHandsOverGood(length);
        Io.PrintInt(segment.Count);
        ArrayPool<byte>.Shared.Return(segment.Array!);
    }

    public static Memory<byte> MemoryHandsOverGood(int length) => ArrayPool<byte>.Shared.Rent(length).AsMemory(0, length);

    public static void MemoryGivesBackGood(int length)
    {
        Memory<byte> memory = MemoryHandsOverGood(length);
        Io.PrintInt(memory.Length);
        if (MemoryMarshal.TryGetArray<byte>(memory, out ArraySegment<byte> segment))
        {
            ArrayPool<byte>.Shared.Return(segment.Array!);
        }
    }

    public static void RefIntoBlockAfterFreeBad() // bad: LIFE007
    {
        int* block = (int*)NativeMemory.Alloc(8);
        ref int first = ref block[0];
        NativeMemory.Free(block);
        first = 5;
    }

    public static void RefIntoBlockGood()
    {
        int* block = (int*)NativeMemory.Alloc(8);
        ref int first = ref block[0];
        first = 5;
        NativeMemory.Free(block);
    }

    public static void UnsafeAsRefBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(8);
        ref int first = ref Unsafe.AsRef<int>((void*)block);
        Marshal.FreeHGlobal(block);
        first++;
    }

    public static void SpanOnlyBad() // bad: LIFE003|LIFE004
    {
        var span = new Span<byte>(NativeMemory.Alloc(16), 16);
        span.Clear();
    }

    public static void PointerOfSpanGood()
    {
        var span = new Span<byte>(NativeMemory.Alloc(16), 16);
        span.Clear();
        NativeMemory.Free(Unsafe.AsPointer(ref MemoryMarshal.GetReference(span)));
    }

    public static void CastSpanAfterFreeBad() // bad: LIFE007
    {
        byte* block = (byte*)NativeMemory.AllocZeroed(16);
        Span<int> numbers = MemoryMarshal.Cast<byte, int>(new Span<byte>(block, 16));
        NativeMemory.Free(block);
        numbers[0] = 1;
    }

    public static byte[] ToArrayBeforeFreeGood()
    {
        byte* block = (byte*)NativeMemory.AllocZeroed(16);
        byte[] copy = new ReadOnlySpan<byte>(block, 16).ToArray();
        NativeMemory.Free(block);
        return copy;
    }

    public static string StringBeforeFreeGood(string text)
    {
        nint block = Marshal.StringToHGlobalUni(text);
        string copy = Marshal.PtrToStringUni(block)!;
        Marshal.FreeHGlobal(block);
        return copy;
    }

    public static string StringAfterFreeBad(string text) // bad: LIFE007
    {
        nint block = Marshal.StringToHGlobalUni(text);
        Marshal.FreeHGlobal(block);
        return Marshal.PtrToStringUni(block)!;
    }

    public static void CopyFromFreedBad(byte[] target) // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(16);
        Marshal.FreeHGlobal(block);
        Marshal.Copy(block, target, 0, 16);
    }

    public static void MemoryCopyFromFreedBad(byte* target) // bad: LIFE007
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        NativeMemory.Free(block);
        Buffer.MemoryCopy(block, target, 16, 16);
    }

    public static void PassedAfterFreeBad() // bad: LIFE007
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        NativeMemory.Free(block);
        Write(block);
    }

    public static nint ReturnedAfterFreeBad() // bad: LIFE007|LIFE010
    {
        nint block = Marshal.AllocHGlobal(16);
        Marshal.FreeHGlobal(block);
        return block;
    }

    public static bool ComparedAfterFreeGood(nint other)
    {
        nint block = Marshal.AllocHGlobal(16);
        bool same = block == other;
        Marshal.FreeHGlobal(block);
        return same && block != 0;
    }

    public static void StructThroughPointerBad() // bad: LIFE007
    {
        Point* point = (Point*)NativeMemory.Alloc((nuint)sizeof(Point));
        point->X = 1;
        NativeMemory.Free(point);
        point->Y = 2;
    }

    public static void StructThroughPointerGood()
    {
        Point* point = (Point*)NativeMemory.Alloc((nuint)sizeof(Point));
        point->X = 1;
        Point copy = *point;
        NativeMemory.Free(point);
        copy.Y = 2;
        Io.PrintInt(copy.X + copy.Y);
    }

    private static void Write(byte* block) => *block = 1;

    private struct Point
    {
        public int X;
        public int Y;
    }
}
