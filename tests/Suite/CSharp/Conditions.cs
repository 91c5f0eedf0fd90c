// weakness: CWE-401
// construct: null and zero tests in every spelling
using System;
using System.Runtime.InteropServices;
using Suite.Support;

namespace Cases.Conditions;

internal static unsafe class Tests
{
    public static void NotEqualNullGood()
    {
        byte* block = (byte*)Libc.Malloc(16);
        if (block != null)
        {
            *block = 1;
            Libc.Free(block);
        }
    }

    public static void EqualNullReturnGood()
    {
        byte* block = (byte*)Libc.Malloc(16);
        if (block == null)
        {
            return;
        }

        *block = 1;
        Libc.Free(block);
    }

    public static void NullOnTheLeftGood()
    {
        byte* block = (byte*)Libc.Malloc(16);
        if (null == block)
        {
            return;
        }

        Libc.Free(block);
    }

    public static void IsNullGood()
    {
        byte* block = (byte*)Libc.Malloc(16);
        if (block is null)
        {
            return;
        }

        Libc.Free(block);
    }

    public static void IsNotNullGood()
    {
        byte* block = (byte*)Libc.Malloc(16);
        if (block is not null)
        {
            Libc.Free(block);
        }
    }

    public static void NegatedGood()
    {
        byte* block = (byte*)Libc.Malloc(16);
        if (!(block == null))
        {
            Libc.Free(block);
        }
    }

    public static void CastToAddressGood()
    {
        byte* block = (byte*)Libc.Malloc(16);
        if ((nint)block == 0)
        {
            return;
        }

        Libc.Free(block);
    }

    public static void IntPtrZeroGood()
    {
        IntPtr block = (IntPtr)Libc.Malloc(16);
        if (block != IntPtr.Zero)
        {
            Libc.Free((void*)block);
        }
    }

    public static void IntPtrEqualsGood()
    {
        IntPtr block = (IntPtr)Libc.Malloc(16);
        if (block.Equals(IntPtr.Zero))
        {
            return;
        }

        Libc.Free((void*)block);
    }

    public static void DefaultGood()
    {
        nint block = (nint)Libc.Malloc(16);
        if (block == default)
        {
            return;
        }

        Libc.Free((void*)block);
    }

    public static void ToInt64Good()
    {
        IntPtr block = (IntPtr)Libc.Malloc(16);
        if (block.ToInt64() == 0)
        {
            return;
        }

        Libc.Free((void*)block);
    }

    public static void StoredTestGood()
    {
        byte* block = (byte*)Libc.Malloc(16);
        bool isMissing = block == null;
        if (isMissing)
        {
            return;
        }

        Libc.Free(block);
    }

    public static void StoredTestInvertedBad() // bad: LIFE003|LIFE004
    {
        byte* block = (byte*)Libc.Malloc(16);
        bool isMissing = block == null;
        if (!isMissing)
        {
            return;
        }

        Libc.Free(block);
    }

    public static void InvertedTestBad() // bad: LIFE003|LIFE004
    {
        byte* block = (byte*)Libc.Malloc(16);
        if (block == null)
        {
            Libc.Free(block);
        }
    }

    public static void AndGood(int length)
    {
        byte* block = null;
        if (length > 0 && (block = (byte*)Libc.Malloc((nuint)length)) != null)
        {
            *block = 0;
            Libc.Free(block);
        }
    }

    public static void AndBad(int length) // bad: LIFE004
    {
        byte* block = (byte*)Libc.Malloc(16);
        if (block != null && length > 16)
        {
            Libc.Free(block);
        }
    }

    public static bool OrGood()
    {
        byte* first = (byte*)Libc.Malloc(16);
        byte* second = (byte*)Libc.Malloc(16);
        bool isShort = first == null || second == null;
        if (first != null)
        {
            Libc.Free(first);
        }

        if (second != null)
        {
            Libc.Free(second);
        }

        return isShort;
    }

    public static bool OrBad() // bad: LIFE004, LIFE004
    {
        byte* first = (byte*)Libc.Malloc(16);
        byte* second = (byte*)Libc.Malloc(16);
        if (first == null || second == null)
        {
            return false;
        }

        Libc.Free(first);
        Libc.Free(second);
        return true;
    }

    public static void FreeOfNullGood()
    {
        byte* block = null;
        NativeMemory.Free(block);
        Libc.Free(block);
        Marshal.FreeHGlobal(0);
        Marshal.FreeCoTaskMem(IntPtr.Zero);
    }

    public static void GuardedFreeOfRealBlockGood(int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        Marshal.WriteByte(block, 1);
        if (block != IntPtr.Zero)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ConditionalAllocationGood(bool wanted)
    {
        void* block = wanted ? NativeMemory.Alloc(8) : null;
        if (block != null)
        {
            NativeMemory.Free(block);
        }
    }

    public static void ConditionalAllocationUnguardedGood(bool wanted)
    {
        void* block = wanted ? NativeMemory.Alloc(8) : null;
        NativeMemory.Free(block);
    }

    public static void ConditionalAllocationBad(bool wanted) // bad: LIFE004|LIFE003
    {
        void* block = wanted ? NativeMemory.Alloc(8) : null;
        if (block == null)
        {
            NativeMemory.Free(block);
        }
    }

    public static void IsAllocatedGood(object? target)
    {
        GCHandle handle = default;
        if (target is not null)
        {
            handle = GCHandle.Alloc(target);
        }

        Io.PrintLine("working");
        if (handle.IsAllocated)
        {
            handle.Free();
        }
    }

    public static void IsAllocatedBad(object? target) // bad: LIFE004|LIFE003
    {
        GCHandle handle = default;
        if (target is not null)
        {
            handle = GCHandle.Alloc(target);
        }

        Io.PrintLine("working");
        if (!handle.IsAllocated)
        {
            handle.Free();
        }
    }
}
