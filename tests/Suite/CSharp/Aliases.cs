// weakness: mixed
// construct: aliases and casts
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Aliases;

internal static unsafe class Copies
{
    public static void FreedThroughAliasGood()
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        void* alias = block;
        *block = 1;
        NativeMemory.Free(alias);
    }

    public static void FreedThroughBothBad() // bad: LIFE006
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        void* alias = block;
        NativeMemory.Free(alias);
        NativeMemory.Free(block);
    }

    public static void ThroughIntegersGood()
    {
        nint address = (nint)NativeMemory.Alloc(8);
        long number = (long)address;
        ulong unsigned = (ulong)number;
        NativeMemory.Free((void*)unsigned);
    }

    public static void ThroughIntegersBad() // bad: LIFE006
    {
        nint address = (nint)NativeMemory.Alloc(8);
        long number = (long)address;
        NativeMemory.Free((void*)number);
        NativeMemory.Free((void*)address);
    }

    public static void ThroughIntPtrConstructorGood()
    {
        void* block = NativeMemory.Alloc(8);
        var address = new IntPtr(block);
        NativeMemory.Free(address.ToPointer());
    }

    public static void ThroughUIntPtrGood()
    {
        UIntPtr address = (UIntPtr)NativeMemory.Alloc(8);
        NativeMemory.Free(address.ToPointer());
    }

    public static void UnsafeAsGood()
    {
        int* numbers = (int*)NativeMemory.Alloc(8);
        ref int first = ref *numbers;
        first = 1;
        NativeMemory.Free(Unsafe.AsPointer(ref first));
    }

    public static void ChosenAliasGood(bool flag)
    {
        nint left = Marshal.AllocHGlobal(8);
        nint right = left;
        Marshal.FreeHGlobal(flag ? left : right);
    }

    public static void ChosenBlockBad(bool flag) // bad: LIFE004|LIFE003
    {
        nint left = Marshal.AllocHGlobal(8);
        nint right = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(flag ? left : right);
        if (flag)
        {
            Marshal.FreeHGlobal(right);
        }
    }

    public static void ChosenBlockGood(bool flag)
    {
        nint left = Marshal.AllocHGlobal(8);
        nint right = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(flag ? left : right);
        Marshal.FreeHGlobal(flag ? right : left);
    }

    public static void UsedThroughAliasBad() // bad: LIFE007
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        int* numbers = (int*)block;
        NativeMemory.Free(block);
        numbers[0] = 1;
    }

    public static void InteriorAliasUsedBad() // bad: LIFE007
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        byte* tail = block + 4;
        NativeMemory.Free(block);
        *tail = 1;
    }

    public static void InteriorAliasUsedBeforeGood()
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        byte* tail = block + 4;
        *tail = 1;
        NativeMemory.Free(block);
    }

    public static void BoxedGood()
    {
        object box = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal((nint)box);
    }

    public static void BoxedBad() // bad: LIFE003|LIFE004
    {
        object box = Marshal.AllocHGlobal(8);
        Io.PrintLine(box.ToString()!);
    }

    public static void BoxedTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        object box = block;
        Marshal.FreeHGlobal(block);
        Marshal.FreeHGlobal((nint)box);
    }

    public static void ReassignedAliasGood()
    {
        nint first = Marshal.AllocHGlobal(8);
        nint alias = first;
        first = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(alias);
        Marshal.FreeHGlobal(first);
    }

    public static void ReassignedAliasBad() // bad: LIFE006, LIFE004|LIFE003
    {
        nint first = Marshal.AllocHGlobal(8);
        nint alias = first;
        Marshal.FreeHGlobal(first);
        first = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(alias);
    }

    public static void InterpolatedGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        string text = $"at {block:x}";
        Marshal.FreeHGlobal(block);
        Io.PrintLine(text);
    }

    public static void InterpolatedAfterFreeGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        Marshal.FreeHGlobal(block);
        Io.PrintLine($"freed {block:x}");
    }

    public static void PointerToPointerBad() // bad: LIFE006
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        byte** handle = &block;
        NativeMemory.Free(*handle);
        NativeMemory.Free(block);
    }

    public static void PointerToPointerClearsGood()
    {
        byte* block = (byte*)NativeMemory.Alloc(8);
        byte** handle = &block;
        NativeMemory.Free(*handle);
        *handle = null;
        NativeMemory.Free(block);
    }

    public static void AlignedUpByHandGood(nuint size)
    {
        byte* raw = (byte*)NativeMemory.Alloc(size + 63);
        byte* aligned = (byte*)(((nuint)raw + 63) & ~(nuint)63);
        *aligned = 1;
        NativeMemory.Free(raw);
    }

    public static void AlignedUpByHandBad(nuint size) // bad: LIFE009
    {
        byte* raw = (byte*)NativeMemory.Alloc(size + 64);
        byte* aligned = raw + 64;
        *aligned = 1;
        NativeMemory.Free(aligned);
    }
}
