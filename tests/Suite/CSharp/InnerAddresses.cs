// weakness: CWE-416, CWE-415
// construct: addresses in what an unknown pointer leads to, and other forms of one block
using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;

namespace Cases.InnerAddresses;

internal unsafe struct Header
{
    public int Length;
    public int Kind;
    public byte Text;
}

internal static unsafe class Addresses
{
    public static void FieldBad(Header* header) // bad: LIFE007
    {
        byte* text = &header->Text;
        NativeMemory.Free(header);
        text[0] = 0;
    }

    public static void FieldGood(Header* header)
    {
        byte* text = &header->Text;
        text[0] = 0;
        NativeMemory.Free(header);
    }

    public static int ElementBad(int* numbers) // bad: LIFE007
    {
        int* third = &numbers[2];
        NativeMemory.Free(numbers);
        return *third;
    }

    public static int ElementGood(int* numbers)
    {
        int* third = &numbers[2];
        int found = *third;
        NativeMemory.Free(numbers);
        return found;
    }

    public static void OtherGood(Header* first, Header* second)
    {
        byte* text = &second->Text;
        NativeMemory.Free(first);
        text[0] = 0;
        NativeMemory.Free(second);
    }

    public static void EitherGood(Header* first, Header* second, bool useSecond)
    {
        Header* chosen = useSecond ? second : first;
        byte* text = &chosen->Text;
        text[0] = 0;
        NativeMemory.Free(chosen);
    }

    public static void MovedGood(Header* header)
    {
        byte* text = &header->Text;
        var other = (Header*)NativeMemory.AllocZeroed((nuint)sizeof(Header));
        other->Text = *text;
        NativeMemory.Free(header);
        text = &other->Text;
        text[0] = 0;
        NativeMemory.Free(other);
    }
}

internal static class Segments
{
    public static void FoundBad(Stream stream) // bad: LIFE006
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(32);
        Memory<byte> memory = rented;
        stream.Write(memory.Span);
        if (MemoryMarshal.TryGetArray<byte>(memory, out ArraySegment<byte> segment))
        {
            ArrayPool<byte>.Shared.Return(segment.Array!);
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    public static void FoundGood(Stream stream)
    {
        Memory<byte> memory = ArrayPool<byte>.Shared.Rent(32);
        stream.Write(memory.Span);
        if (MemoryMarshal.TryGetArray<byte>(memory, out ArraySegment<byte> segment))
        {
            ArrayPool<byte>.Shared.Return(segment.Array!);
        }
    }

    public static int OffsetGood(Stream stream)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(32);
        Memory<byte> memory = rented.AsMemory(4);
        stream.Write(memory.Span);
        int offset = MemoryMarshal.TryGetArray<byte>(memory, out ArraySegment<byte> segment) ? segment.Offset : 0;
        ArrayPool<byte>.Shared.Return(rented);
        return offset;
    }
}

internal static class Handles
{
    public static void CopyBad(byte[] bytes) // bad: LIFE006
    {
        var handle = new PinnedGCHandle<byte[]>(bytes);
        PinnedGCHandle<byte[]> copy = handle;
        handle.Dispose();
        copy.Dispose();
    }

    public static void SameVariableGood(byte[] bytes)
    {
        using var handle = new PinnedGCHandle<byte[]>(bytes);
        if (bytes.Length == 0)
        {
            handle.Dispose();
        }
    }

    public static void CopyGood(byte[] bytes)
    {
        var handle = new PinnedGCHandle<byte[]>(bytes);
        PinnedGCHandle<byte[]> copy = handle;
        if (bytes.Length == 0)
        {
            handle.Dispose();
            return;
        }

        copy.Dispose();
    }
}
