// weakness: CWE-416
// construct: fields that the disposal clears, and members that do not ask
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace Cases.ReadThroughNothing;

internal sealed class Block : IDisposable
{
    private IntPtr _p = Marshal.AllocHGlobal(8);
    private int _count = 8;

    public byte First => Marshal.ReadByte(_p);

    public IntPtr Address => _p;

    public bool IsOpen => _p != IntPtr.Zero;

    public int Hash => _p.GetHashCode();

    public byte FirstOrNothing => _p == IntPtr.Zero ? (byte)0 : Marshal.ReadByte(_p);

    public void Poke() => Marshal.WriteByte(_p, 1);

    public void PokeWhen(bool really)
    {
        if (really)
        {
            Marshal.WriteByte(_p, 1);
        }
    }

    public int Sum()
    {
        int sum = 0;
        for (int i = 0; i < _count; i++)
        {
            sum += Marshal.ReadByte(_p, i);
        }

        return sum;
    }

    public byte At(int index)
    {
        if ((uint)index >= 8u)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }

        return Marshal.ReadByte(_p, index);
    }

    public byte Filled()
    {
        if (_p == IntPtr.Zero)
        {
            _p = Marshal.AllocHGlobal(8);
        }

        return Marshal.ReadByte(_p);
    }

    public byte Safe()
    {
        try
        {
            return Marshal.ReadByte(_p);
        }
        catch (NullReferenceException)
        {
            return 0;
        }
    }

    public override string ToString() => _p.ToString();

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
        _p = IntPtr.Zero;
        _count = 0;
    }
}

internal struct Small : IDisposable
{
    private IntPtr _p;

    public Small(int n) => _p = Marshal.AllocHGlobal(n);

    public readonly bool Has => _p != IntPtr.Zero;

    public readonly byte First => Marshal.ReadByte(_p);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_p);
        _p = IntPtr.Zero;
    }
}

internal sealed unsafe class Row : IDisposable
{
    private int* _values;
    private int _length;
    private readonly bool _inline;
    private int _one;

    public Row(int n)
    {
        _values = (int*)NativeMemory.Alloc((nuint)n, sizeof(int));
        _length = n;
        _inline = n < 1;
    }

    public Span<int> All => new(_values, _length);

    public int Either()
    {
        if (_inline)
        {
            return _one;
        }

        return _values[0];
    }

    public void Set(int value)
    {
        _one = value;
        _values[0] = value;
    }

    public void Dispose()
    {
        NativeMemory.Free(_values);
        _values = null;
        _length = 0;
    }
}

internal static class ReadThroughNothing
{
    private static byte Look(Block block) => block.First;

    private static byte LookIfOpen(Block block) => block.IsOpen ? block.First : (byte)0;

    private static void Expect<T>(Action action)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (T)
        {
        }
    }

    public static byte Property() // bad: LIFE007
    {
        var block = new Block();
        block.Dispose();
        return block.First;
    }

    public static void Method() // bad: LIFE007
    {
        var block = new Block();
        Block other = block;
        other.Dispose();
        block.Poke();
    }

    public static byte Index(int i) // bad: LIFE007
    {
        var block = new Block();
        block.Dispose();
        return block.At(i);
    }

    public static byte ThroughHelper() // bad: LIFE007
    {
        var block = new Block();
        block.Dispose();
        return Look(block);
    }

    public static void ThroughLambda() // bad: LIFE007
    {
        var block = new Block();
        Action poke = () => block.Poke();
        block.Dispose();
        poke();
    }

    public static async Task<byte> Awaited() // bad: LIFE007
    {
        var block = new Block();
        await Task.Yield();
        block.Dispose();
        await Task.Yield();
        return block.First;
    }

    public static byte OfCaller(Block block) // bad: LIFE007
    {
        block.Dispose();
        return block.First;
    }

    public static byte OfStruct(int n) // bad: LIFE007
    {
        var small = new Small(n);
        small.Dispose();
        return small.First;
    }

    public static void Written(int n) // bad: LIFE007
    {
        var row = new Row(n);
        row.Dispose();
        row.Set(n);
    }

    public static int AskedGood()
    {
        var block = new Block();
        block.Dispose();
        return block.IsOpen ? block.First : block.FirstOrNothing + block.Hash;
    }

    public static string NumberGood()
    {
        var block = new Block();
        block.Dispose();
        return block.ToString() + block.Address;
    }

    public static void OnOneWayGood()
    {
        var block = new Block();
        block.Dispose();
        block.PokeWhen(false);
    }

    public static int NoRoundGood()
    {
        var block = new Block();
        block.Dispose();
        return block.Sum();
    }

    public static byte FilledGood()
    {
        var block = new Block();
        block.Dispose();
        byte first = block.Filled();
        block.Dispose();
        return first;
    }

    public static byte CaughtInsideGood()
    {
        var block = new Block();
        block.Dispose();
        return block.Safe();
    }

    public static byte HelperGood()
    {
        var block = new Block();
        block.Dispose();
        return LookIfOpen(block);
    }

    public static void ExpectedGood()
    {
        var block = new Block();
        block.Dispose();
        Expect<NullReferenceException>(() => block.Poke());
    }

    public static byte BeforeGood()
    {
        var block = new Block();
        byte first = Look(block);
        block.Dispose();
        return first;
    }

    public static byte NewOneGood()
    {
        var block = new Block();
        block.Dispose();
        block = new Block();
        byte first = block.First;
        block.Dispose();
        return first;
    }

    public static byte OtherGood(Block given)
    {
        var block = new Block();
        block.Dispose();
        return given.First;
    }

    public static byte InRoundsGood(List<int> numbers)
    {
        byte first = 0;
        foreach (int number in numbers)
        {
            var block = new Block();
            first += block.First;
            block.Dispose();
        }

        return first;
    }

    public static byte StructGood(int n)
    {
        var small = new Small(n);
        byte first = small.First;
        small.Dispose();
        return small.Has ? (byte)1 : first;
    }

    public static int EmptySpanGood(int n)
    {
        var row = new Row(n);
        row.Dispose();
        return row.All.Length;
    }

    public static int EitherGood(int n)
    {
        var row = new Row(n);
        row.Dispose();
        return row.Either();
    }
}
