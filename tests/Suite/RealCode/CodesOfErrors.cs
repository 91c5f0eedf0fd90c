// weakness: CWE-401
// construct: error codes without a sign that are made of negative numbers, and are greater than every size
using System;
using System.Runtime.InteropServices;

namespace Cases.CodesOfErrors;

internal enum Error
{
    None = 0,
    Memory = 64,
    Wrong = 72,
    Last = 120,
}

internal unsafe struct Context
{
    public byte* Samples;
    public nuint* Offsets;
    public uint* Counts;
    public nuint Length;
}

internal static unsafe class Trainer
{
    private const ulong Limit = unchecked((ulong)-100);

    private static bool IsError(nuint code) => code > unchecked((nuint)(-(int)Error.Last));

    private static void Destroy(Context* context)
    {
        NativeMemory.Free(context->Counts);
        context->Counts = null;
        NativeMemory.Free(context->Offsets);
        context->Offsets = null;
    }

    private static nuint Initialize(Context* context, uint length)
    {
        if (length < 5)
        {
            return unchecked((nuint)(-(int)Error.Wrong));
        }

        *context = new Context { Length = length, Offsets = (nuint*)NativeMemory.AllocZeroed(length + 1, (nuint)sizeof(nuint)) };
        if (context->Offsets == null)
        {
            Destroy(context);
            return unchecked((nuint)(-(int)Error.Memory));
        }

        context->Counts = (uint*)NativeMemory.AllocZeroed(64, sizeof(uint));
        return 0;
    }

    private static ulong Reserve(int size, out IntPtr block)
    {
        block = IntPtr.Zero;
        if (size > 4096)
        {
            return unchecked((ulong)(-(int)Error.Memory));
        }

        block = Marshal.AllocHGlobal(size);
        return (ulong)size;
    }

    public static nuint Good(uint length)
    {
        Context context;
        var code = Initialize(&context, length);
        if (IsError(code))
        {
            return code;
        }

        var sum = context.Length;
        Destroy(&context);
        return sum;
    }

    public static bool GoodComparedWithAConstant(int size)
    {
        var reserved = Reserve(size, out var block);
        if (reserved >= Limit)
        {
            return false;
        }

        Marshal.FreeHGlobal(block);
        return true;
    }

    public static bool GoodComparedByAPattern(int size)
    {
        if (Reserve(size, out var block) is >= Limit)
        {
            return false;
        }

        Marshal.FreeHGlobal(block);
        return true;
    }

    public static void GoodOnlyWhereThereIsOne(int size)
    {
        if (!IsError((nuint)Reserve(size, out var block)))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void GoodSizesAreComparedTwice(nuint size)
    {
        byte* block = null;
        if (size > 64)
        {
            block = (byte*)NativeMemory.Alloc(size);
        }

        if (size <= 64)
        {
            return;
        }

        NativeMemory.Free(block);
    }

    public static void BadFreesWhereThereIsNone(int size) // bad: LIFE003|LIFE004
    {
        var reserved = Reserve(size, out var block);
        if (reserved < Limit)
        {
            return;
        }

        Marshal.FreeHGlobal(block);
    }

    public static nuint BadLeavesTheContext(uint length) // bad: LIFE003|LIFE004
    {
        Context context;
        var code = Initialize(&context, length);
        if (!IsError(code))
        {
            return context.Length;
        }

        return code;
    }
}
