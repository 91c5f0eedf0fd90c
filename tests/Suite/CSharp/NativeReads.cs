// weakness: CWE-416
// construct: what reads through a pointer
using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Suite.Support;

namespace Cases.NativeReads;

internal static unsafe class Reads
{
    public static void ClearBad() // bad: LIFE007
    {
        void* block = NativeMemory.Alloc(8);
        NativeMemory.Free(block);
        NativeMemory.Clear(block, 8);
    }

    public static void CopyBad(void* target) // bad: LIFE007
    {
        void* block = NativeMemory.Alloc(8);
        NativeMemory.Free(block);
        NativeMemory.Copy(block, target, 8);
    }

    public static string GetStringBad() // bad: LIFE007
    {
        byte* block = (byte*)NativeMemory.AllocZeroed(8);
        NativeMemory.Free(block);
        return Encoding.UTF8.GetString(block, 8);
    }

    public static string NewStringBad() // bad: LIFE007
    {
        char* block = (char*)NativeMemory.AllocZeroed(16);
        NativeMemory.Free(block);
        return new string(block, 0, 4);
    }

    public static string NewStringGood()
    {
        char* block = (char*)NativeMemory.AllocZeroed(16);
        string text = new string(block, 0, 4);
        NativeMemory.Free(block);
        return text;
    }

    public static int PtrToStructureBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(block);
        return Marshal.PtrToStructure<int>(block);
    }

    public static void InitBlockBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(block);
        Unsafe.InitBlock((void*)block, 0, 8);
    }

    public static int UnsafeReadBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(block);
        return Unsafe.Read<int>((void*)block);
    }

    public static int ReadBeforeGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        int value = Unsafe.Read<int>((void*)block);
        Marshal.FreeHGlobal(block);
        return value;
    }

    public static void CompoundAssignmentBad() // bad: LIFE007
    {
        int* block = (int*)NativeMemory.AllocZeroed(8);
        NativeMemory.Free(block);
        *block += 1;
    }

    public static void IncrementBad() // bad: LIFE007
    {
        int* block = (int*)NativeMemory.AllocZeroed(8);
        NativeMemory.Free(block);
        block[1]++;
    }

    public static bool ConditionBad() // bad: LIFE007
    {
        int* block = (int*)NativeMemory.AllocZeroed(8);
        NativeMemory.Free(block);
        return *block == 0;
    }

    public static string InterpolationBad() // bad: LIFE007
    {
        int* block = (int*)NativeMemory.AllocZeroed(8);
        NativeMemory.Free(block);
        return $"value {*block}";
    }

    public static int ArrayCopyBad() // bad: LIFE007
    {
        byte[] target = new byte[16];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        ArrayPool<byte>.Shared.Return(buffer);
        Buffer.BlockCopy(buffer, 0, target, 0, 16);
        return target[0];
    }

    public static int ForeachBad() // bad: LIFE007
    {
        int sum = 0;
        int[] numbers = ArrayPool<int>.Shared.Rent(16);
        ArrayPool<int>.Shared.Return(numbers);
        foreach (int number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    public static int ForeachGood()
    {
        int sum = 0;
        int[] numbers = ArrayPool<int>.Shared.Rent(16);
        foreach (int number in numbers)
        {
            sum += number;
        }

        ArrayPool<int>.Shared.Return(numbers);
        return sum;
    }

    public static void FixedBad() // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        ArrayPool<byte>.Shared.Return(buffer);
        fixed (byte* pointer = buffer)
        {
            *pointer = 1;
        }
    }

    public static void RangeBad() // bad: LIFE007
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        ArrayPool<byte>.Shared.Return(buffer);
        Io.PrintInt(buffer[..4].Length);
    }

    public static void ReusedVariableGood()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = new byte[4];
        buffer[0] = 1;
    }

    public static void OtherBlockGood()
    {
        int* first = (int*)NativeMemory.Alloc(8);
        int* second = (int*)NativeMemory.Alloc(8);
        NativeMemory.Free(first);
        *second = 1;
        NativeMemory.Free(second);
    }

    public static void FreedOnOtherBranchGood(bool early)
    {
        int* block = (int*)NativeMemory.Alloc(8);
        if (early)
        {
            NativeMemory.Free(block);
        }
        else
        {
            *block = 1;
            NativeMemory.Free(block);
        }
    }

    public static void FreedOnOneBranchBad(bool early) // bad: LIFE007
    {
        int* block = (int*)NativeMemory.Alloc(8);
        if (early)
        {
            NativeMemory.Free(block);
        }

        *block = 1;
        if (!early)
        {
            NativeMemory.Free(block);
        }
    }
}
