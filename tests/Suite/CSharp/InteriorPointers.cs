// weakness: CWE-761
// construct: interior pointers
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.InteriorPointers;

internal static unsafe class Interior
{
    public static void SearchLoopBad(int length) // bad: LIFE009
    {
        byte* cursor = (byte*)NativeMemory.AllocZeroed((nuint)length);
        while (*cursor != (byte)'x')
        {
            cursor++;
        }

        NativeMemory.Free(cursor);
    }

    public static void SearchLoopGood(int length)
    {
        byte* block = (byte*)NativeMemory.AllocZeroed((nuint)length);
        byte* cursor = block;
        while (*cursor != (byte)'x')
        {
            cursor++;
        }

        NativeMemory.Free(block);
    }

    public static void HeaderSkippedBad() // bad: LIFE009
    {
        nint block = Marshal.AllocHGlobal(64);
        nint body = block + 16;
        Marshal.WriteByte(body, 1);
        Marshal.FreeHGlobal(body);
    }

    public static void HeaderSkippedAndBackGood()
    {
        nint block = Marshal.AllocHGlobal(64);
        nint body = block + 16;
        Marshal.WriteByte(body, 1);
        Marshal.FreeHGlobal(body - 16);
    }

    public static void IntPtrAddBad() // bad: LIFE009
    {
        IntPtr block = Marshal.AllocHGlobal(64);
        IntPtr body = IntPtr.Add(block, 8);
        Marshal.FreeHGlobal(body);
    }

    public static void ElementAddressBad() // bad: LIFE009
    {
        int* numbers = (int*)NativeMemory.Alloc(64);
        NativeMemory.Free(&numbers[2]);
    }

    public static void FirstElementAddressGood()
    {
        int* numbers = (int*)NativeMemory.Alloc(64);
        NativeMemory.Free(&numbers[0]);
    }

    public static void FieldAddressBad() // bad: LIFE009
    {
        Pair* pair = (Pair*)NativeMemory.Alloc((nuint)sizeof(Pair));
        NativeMemory.Free(&pair->Second);
    }

    public static void PostIncrementInCallBad() // bad: LIFE009|LIFE003|LIFE004
    {
        byte* cursor = (byte*)NativeMemory.Alloc(8);
        cursor++;
        NativeMemory.Free(cursor++);
    }

    public static void PreDecrementBackGood()
    {
        byte* cursor = (byte*)NativeMemory.Alloc(8);
        cursor += 4;
        *cursor = 1;
        cursor -= 4;
        NativeMemory.Free(cursor);
    }

    public static void UnsafeAddBad() // bad: LIFE009
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        void* second = Unsafe.Add<byte>(block, 1);
        NativeMemory.Free(second);
    }

    public static void SliceReferenceBad() // bad: LIFE009
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        Span<byte> tail = new Span<byte>(block, 8).Slice(4);
        NativeMemory.Free(Unsafe.AsPointer(ref MemoryMarshal.GetReference(tail)));
    }

    public static void HelperGetsInteriorBad() // bad: LIFE009
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        Release(block + 1);
    }

    public static void HelperAdvancesCopyGood()
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        Scan(block, 8);
        NativeMemory.Free(block);
    }

    public static void HelperAdvancesReferenceBad() // bad: LIFE009
    {
        byte* cursor = (byte*)NativeMemory.Alloc(8);
        Advance(ref cursor);
        NativeMemory.Free(cursor);
    }

    public static void ForLoopOverPointerBad(int length) // bad: LIFE009
    {
        int* numbers = (int*)NativeMemory.Alloc((nuint)length, sizeof(int));
        int* end = numbers + length;
        for (; numbers < end; numbers++)
        {
            *numbers = 0;
        }

        NativeMemory.Free(numbers);
    }

    public static void ForLoopOverPointerGood(int length)
    {
        int* numbers = (int*)NativeMemory.Alloc((nuint)length, sizeof(int));
        int* end = numbers + length;
        for (int* one = numbers; one < end; one++)
        {
            *one = 0;
        }

        NativeMemory.Free(numbers);
    }

    private static void Release(void* block) => NativeMemory.Free(block);

    private static void Advance(ref byte* cursor) => cursor += 2;

    private static int Scan(byte* cursor, int length)
    {
        int found = 0;
        while (length-- > 0)
        {
            found += *cursor++;
        }

        return found;
    }

    private struct Pair
    {
        public int First;
        public int Second;
    }
}
