// weakness: CWE-416
// construct: members of objects that have been disposed of
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Threading;

namespace Cases.UsedAfterDispose;

internal sealed unsafe class Bytes : IDisposable
{
    private byte* _data;

    public Bytes(int length)
    {
        _data = (byte*)NativeMemory.AllocZeroed((nuint)length);
        Length = length;
    }

    public int Length { get; }

    public byte this[int i] => _data[i];

    public bool IsDisposed => _data == null;

    public byte* Pointer => _data != null ? _data : throw new ObjectDisposedException(nameof(Bytes));

    public int Sum()
    {
        int sum = 0;
        for (int i = 0; i < Length; i++)
        {
            sum += _data[i];
        }

        return sum;
    }

    public int SumOrNothing()
    {
        if (_data == null)
        {
            return 0;
        }

        return _data[0];
    }

    public void Reopen(int length)
    {
        NativeMemory.Free(_data);
        _data = (byte*)NativeMemory.AllocZeroed((nuint)length);
    }

    public void Dispose()
    {
        NativeMemory.Free(_data);
        _data = null;
    }
}

internal sealed class Packet : IDisposable
{
    private IMemoryOwner<byte>? _owner;

    private Packet(int length)
    {
        _owner = MemoryPool<byte>.Shared.Rent(length);
    }

    public Memory<byte> Memory => (_owner ?? throw new ObjectDisposedException(nameof(Packet))).Memory;

    public static Packet Create(int length) => new(length);

    public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Dispose();
}

internal static unsafe class UsedAfterDispose
{
    private static void Consume(Bytes bytes)
    {
        try
        {
            Console.WriteLine(bytes.Length);
        }
        finally
        {
            bytes.Dispose();
        }
    }

    public static int Indexed(int n) // bad: LIFE007
    {
        var bytes = new Bytes(n);
        bytes.Dispose();
        return bytes[0];
    }

    public static int AfterConsumer(int n) // bad: LIFE007
    {
        var bytes = new Bytes(n);
        Consume(bytes);
        return bytes.Sum();
    }

    public static int Thrown(int n) // bad: LIFE007
    {
        var bytes = new Bytes(n);
        bytes.Dispose();
        return *bytes.Pointer;
    }

    public static int OfPacket(int n) // bad: LIFE007
    {
        Packet packet = Packet.Create(n);
        int length = packet.Memory.Length;
        packet.Dispose();
        return length + packet.Memory.Span[0];
    }

    public static int LengthGood(int n)
    {
        var bytes = new Bytes(n);
        bytes.Dispose();
        return bytes.IsDisposed ? bytes.Length : bytes.SumOrNothing();
    }

    public static int CaughtGood(int n)
    {
        var bytes = new Bytes(n);
        bytes.Dispose();
        try
        {
            return bytes[0];
        }
        catch (NullReferenceException)
        {
            return -1;
        }
    }

    public static int ReopenedGood(int n)
    {
        var bytes = new Bytes(n);
        bytes.Dispose();
        bytes.Reopen(n);
        int first = bytes[0];
        bytes.Dispose();
        return first;
    }

    public static int AnotherGood(int n)
    {
        var one = new Bytes(n);
        var other = new Bytes(n);
        one.Dispose();
        int sum = other.Sum() + other[0];
        other.Dispose();
        return sum;
    }

    public static int ReplacedInLoopGood(int n)
    {
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            var bytes = new Bytes(n);
            sum += bytes.Sum() + bytes[0];
            bytes.Dispose();
        }

        return sum;
    }

    public static int OneOfTwoWaysGood(bool isDone)
    {
        var bytes = new Bytes(3);
        if (isDone)
        {
            bytes.Dispose();
        }

        if (!isDone)
        {
            int first = bytes[0];
            bytes.Dispose();
            return first;
        }

        return 0;
    }

    public static int UsingStatementBad(int n) // bad: LIFE007
    {
        var bytes = new Bytes(n);
        using (bytes)
        {
            bytes.Sum();
        }

        return bytes[0];
    }

    public static int UsingStatementGood(int n)
    {
        var bytes = new Bytes(n);
        using (bytes)
        {
            return bytes[0];
        }
    }

    public static int BehindAConditionBad(int n) // bad: LIFE007
    {
        var bytes = new Bytes(n);
        bytes.Dispose();
        return n == 0 ? 0 : bytes[0];
    }

    public static int AnotherBehindAConditionGood(int n)
    {
        var bytes = new Bytes(n);
        bytes.Dispose();
        bytes = new Bytes(n + 1);
        int first = n == 0 ? 0 : bytes[0];
        bytes.Dispose();
        return first;
    }
}
