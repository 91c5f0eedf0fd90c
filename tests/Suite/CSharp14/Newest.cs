// weakness: mixed
// construct: primary constructors, collection expressions, extension members, field keyword
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Threading;
using Suite.Support;

namespace Cases.Newest;

internal sealed class Primary(int size) : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(size);

    public int First => Marshal.ReadByte(_block);

    public void Dispose() => Marshal.FreeHGlobal(_block);
}

internal sealed class PrimaryBad(int size) : IDisposable // bad: LIFE013
{
    private readonly nint _block = Marshal.AllocHGlobal(size);

    public int First => Marshal.ReadByte(_block);

    public void Dispose() => Io.PrintLine("disposed");
}

internal sealed class Taker(nint block) : IDisposable
{
    public int First => Marshal.ReadByte(block);

    public void Dispose() => Marshal.FreeHGlobal(block);
}

internal sealed class Lazily : IDisposable
{
    public nint Block
    {
        get
        {
            if (field == 0)
            {
                field = Marshal.AllocHGlobal(8);
            }

            return field;
        }

        private set;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(Block);
        Block = 0;
    }
}

internal static class Extensions
{
    extension(nint block)
    {
        public void Release() => Marshal.FreeHGlobal(block);

        public byte First => Marshal.ReadByte(block);
    }

    extension(ArrayPool<byte>)
    {
        public static byte[] RentSmall() => ArrayPool<byte>.Shared.Rent(16);
    }
}

internal static class Users
{
    public static void TakerGood()
    {
        using var taker = new Taker(Marshal.AllocHGlobal(8));
        Io.PrintInt(taker.First);
    }

    public static void TakerAndFreedBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        using var taker = new Taker(block);
        Marshal.FreeHGlobal(block);
    }

    public static void ExtensionGood()
    {
        nint block = Marshal.AllocHGlobal(8);
        Io.PrintByte(block.First);
        block.Release();
    }

    public static void ExtensionTwiceBad() // bad: LIFE006
    {
        nint block = Marshal.AllocHGlobal(8);
        block.Release();
        block.Release();
    }

    public static void ExtensionUseAfterBad() // bad: LIFE007
    {
        nint block = Marshal.AllocHGlobal(8);
        block.Release();
        Io.PrintByte(block.First);
    }

    public static void StaticExtensionBad() // bad: LIFE016|LIFE003|LIFE004
    {
        byte[] buffer = ArrayPool<byte>.RentSmall();
        Io.PrintInt(buffer.Length);
    }

    public static void StaticExtensionGood()
    {
        byte[] buffer = ArrayPool<byte>.RentSmall();
        Io.PrintInt(buffer.Length);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void CollectionExpressionGood()
    {
        nint[] blocks = [Marshal.AllocHGlobal(1), Marshal.AllocHGlobal(2)];
        foreach (nint block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void CollectionExpressionBad() // bad: LIFE003|LIFE004
    {
        nint[] blocks = [Marshal.AllocHGlobal(1)];
        Io.PrintInt(blocks.Length);
    }

    public static void LockObjectGood(Lock gate)
    {
        nint block = Marshal.AllocHGlobal(1);
        lock (gate)
        {
            Marshal.WriteByte(block, 1);
        }

        Marshal.FreeHGlobal(block);
    }

    public static void NullConditionalAssignmentGood(Holder? holder)
    {
        holder?.Block = Marshal.AllocHGlobal(1);
    }

    public static void ParamsSpanGood()
    {
        nint first = Marshal.AllocHGlobal(1);
        nint second = Marshal.AllocHGlobal(1);
        ReleaseAll(first, second);
    }

    private static void ReleaseAll(params ReadOnlySpan<nint> blocks)
    {
        foreach (nint block in blocks)
        {
            Marshal.FreeHGlobal(block);
        }
    }

    internal sealed class Holder
    {
        public nint Block { get; set; }
    }
}
