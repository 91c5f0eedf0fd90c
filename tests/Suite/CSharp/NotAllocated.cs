// weakness: CWE-590
// construct: release of what was not allocated
using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.NotAllocated;

internal static unsafe class Stack
{
    private static readonly byte[] Table = new byte[16];
    private static int s_number;

    public static void StackallocBad() // bad: LIFE009
    {
        byte* block = stackalloc byte[16];
        *block = 1;
        NativeMemory.Free(block);
    }

    public static void StackSpanBad() // bad: LIFE009
    {
        Span<byte> span = stackalloc byte[16];
        span.Clear();
        NativeMemory.Free(Unsafe.AsPointer(ref MemoryMarshal.GetReference(span)));
    }

    public static void FixedBad(byte[] bytes) // bad: LIFE009
    {
        fixed (byte* pointer = bytes)
        {
            NativeMemory.Free(pointer);
        }
    }

    public static void FixedStringBad(string text) // bad: LIFE009
    {
        fixed (char* pointer = text)
        {
            Marshal.FreeHGlobal((nint)pointer);
        }
    }

    public static void FixedGood(byte[] bytes)
    {
        byte* block = (byte*)NativeMemory.Alloc(16);
        fixed (byte* pointer = bytes)
        {
            *block = *pointer;
        }

        NativeMemory.Free(block);
    }

    public static void LocalAddressBad() // bad: LIFE009
    {
        int number = 3;
        Libc.Free(&number);
    }

    public static void ParameterAddressBad(int number) // bad: LIFE009
    {
        NativeMemory.Free(&number);
    }

    public static void AsPointerOfLocalBad() // bad: LIFE009
    {
        int number = 3;
        Marshal.FreeCoTaskMem((nint)Unsafe.AsPointer(ref number));
    }

    public static void StaticArrayBad() // bad: LIFE009
    {
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(Table, 0);
        Marshal.FreeHGlobal(address);
    }

    public static void StaticFieldBad() // bad: LIFE009
    {
        fixed (int* number = &s_number)
        {
            NativeMemory.Free(number);
        }
    }

    public static void ManagedArrayReturnedBad() // bad: LIFE009|LIFE008
    {
        ArrayPool<byte>.Shared.Return(Table);
    }

    public static void NewArrayReturnedBad(int size) // bad: LIFE009|LIFE008
    {
        byte[] bytes = size > 4 ? new byte[16] : new byte[32];
        ArrayPool<byte>.Shared.Return(bytes);
    }

    public static void FunctionPointerBad() // bad: LIFE009|LIFE008
    {
        nint address = Marshal.GetFunctionPointerForDelegate((Action)StackallocBad);
        Marshal.FreeHGlobal(address);
    }

    public static void ConstantAddressBad() // bad: LIFE009
    {
        Marshal.FreeHGlobal(0x1000);
    }

    public static void SometimesStackBad(bool big) // bad: LIFE009
    {
        byte* small = stackalloc byte[16];
        byte* block = small;
        if (big)
        {
            block = (byte*)NativeMemory.Alloc(1000);
        }

        *block = 1;
        NativeMemory.Free(block);
    }

    public static void SometimesStackGood(bool big)
    {
        byte* small = stackalloc byte[16];
        byte* block = small;
        if (big)
        {
            block = (byte*)NativeMemory.Alloc(1000);
        }

        *block = 1;
        if (big)
        {
            NativeMemory.Free(block);
        }
    }

    public static void ThroughHelperBad() // bad: LIFE009
    {
        long number = 4;
        Release(&number);
    }

    public static void ParameterGood(byte* block) => NativeMemory.Free(block);

    public static void FieldOfParameterGood(Holder* holder) => NativeMemory.Free(holder->Block);

    public static void UnknownSourceGood(Func<nint> source) => Marshal.FreeHGlobal(source());

    public static void ReadFromMemoryGood(nint table, int index)
    {
        nint block = Marshal.ReadIntPtr(table, index * nint.Size);
        Marshal.FreeCoTaskMem(block);
    }

    private static void Release(void* block) => NativeMemory.Free(block);

    internal struct Holder
    {
        public void* Block;
    }
}
