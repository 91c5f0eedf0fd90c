// weakness: leak
// construct: buffers that are rented or shared; flags that tell; values that give back when they are formatted; what native code and assertions do
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cases.RealCode.OneOrTheOther;

/// <summary>Begins with a buffer that all share, and rents a larger one when that is full.</summary>
internal ref struct Line
{
    private static readonly byte[] s_shared = new byte[4096];

    private byte[]? _bytes;
    private int _count;

    public Line(int count)
    {
        _bytes = s_shared;
        _count = count;
    }

    private void Grow(int more)
    {
        if (_count + more <= _bytes!.Length)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(_count + more);
        byte[]? smaller = _bytes;
        _bytes = larger;
        if (smaller != null && smaller != s_shared)
        {
            ArrayPool<byte>.Shared.Return(smaller);
        }

        _count += more;
    }

    public void Add(int more) => Grow(more);

    public void AddTwice(int more)
    {
        Add(more);
        Add(more);
    }

    public void Dispose()
    {
        if (_bytes != s_shared)
        {
            ArrayPool<byte>.Shared.Return(_bytes!);
        }
    }
}

/// <summary>The same, and what the larger one takes the place of is forgotten.</summary>
internal ref struct ForgetfulLine
{
    private byte[] _bytes;
    private int _count;

    public ForgetfulLine(int count)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(64);
        _count = count;
    }

    public void Add(int more) // bad: LIFE013
    {
        if (_count + more > _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_count + more);
            _bytes.CopyTo(larger, 0);
            _bytes = larger;
        }

        _count += more;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);
}

internal static class Lines
{
    public static void Use(ref Line line)
    {
        line.Add(1);
        line.Add(2);
    }

    public static void UseOwn()
    {
        var line = new Line(3);
        line.AddTwice(5);
        line.Dispose();
    }
}

/// <summary>A handle that is there while the flag is set.</summary>
internal sealed class Ticker : IDisposable
{
    private bool _isOn;
    private GCHandle _self;

    public bool IsOn
    {
        get => _isOn;
        set
        {
            if (_isOn == value)
            {
                return;
            }

            _isOn = value;
            if (value)
            {
                _self = GCHandle.Alloc(this);
            }
            else if (_self.IsAllocated)
            {
                _self.Free();
            }
        }
    }

    public void Dispose() => IsOn = false;
}

/// <summary>Nothing tells whether the handle is there.</summary>
internal sealed class CarelessTicker : IDisposable
{
    private GCHandle _self;

    public bool IsOn // bad: LIFE013
    {
        set
        {
            if (value)
            {
                _self = GCHandle.Alloc(this);
            }
            else if (_self.IsAllocated)
            {
                _self.Free();
            }
        }
    }

    public void Dispose()
    {
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }
}

/// <summary>A text in a rented array, for one use.</summary>
internal struct OneTimeText : ISpanFormattable, IDisposable
{
    private char[]? _chars;
    private readonly int _length;

    public OneTimeText(string text)
    {
        _chars = ArrayPool<char>.Shared.Rent(text.Length);
        _length = text.Length;
        text.CopyTo(0, _chars, 0, text.Length);
    }

    public string ToString(string? format, IFormatProvider? provider)
    {
        string text = new(_chars!, 0, _length);
        Dispose();
        return text;
    }

    public bool TryFormat(Span<char> target, out int written, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        written = 0;
        if (target.Length < _length)
        {
            return false;
        }

        _chars.AsSpan(0, _length).CopyTo(target);
        written = _length;
        ArrayPool<char>.Shared.Return(_chars!);
        _chars = null;
        return true;
    }

    public void Dispose()
    {
        if (_chars != null)
        {
            ArrayPool<char>.Shared.Return(_chars);
            _chars = null;
        }
    }
}

internal static class Texts
{
    public static string Formatted(string text) => $"[{new OneTimeText(text)}]";

    public static int LostBad(string text) // bad: LIFE003
    {
        var once = new OneTimeText(text);
        return text.Length;
    }
}

/// <summary>What a library of the system keeps for a window.</summary>
internal sealed class DeviceHandle : SafeHandle
{
    private DeviceHandle()
        : base(0, true)
    {
    }

    public override bool IsInvalid => handle == 0;

    [DllImport("gdi32")]
    public static extern DeviceHandle CreateCompatibleDC(nint other);

    [DllImport("gdi32")]
    private static extern bool DeleteDC(nint device);

    protected override bool ReleaseHandle() => DeleteDC(handle);
}

internal static class Devices
{
    public static DeviceHandle Make(nint other)
    {
        DeviceHandle device = DeviceHandle.CreateCompatibleDC(other);
        if (device.IsInvalid)
        {
            device.Dispose();
            throw new InvalidOperationException();
        }

        return device;
    }
}

/// <summary>Objects that are found by a number, and take what they are given.</summary>
internal sealed class Session
{
    private readonly struct Packet
    {
        private readonly nint _block;

        public Packet(int size) => _block = Marshal.AllocHGlobal(size);

        public void Drop() => Marshal.FreeHGlobal(_block);
    }

    private sealed class Request
    {
        private readonly Packet _packet;

        public Request(int size) => _packet = new Packet(size);

        public void Drop() => _packet.Drop();
    }

    private static readonly Dictionary<int, Session> s_all = new();
    private Request? _last;

    private void Send(int size) => _last = new Request(size);

    private static Session? Find(int number)
    {
        lock (s_all)
        {
            return s_all.TryGetValue(number, out Session? session) ? session : null;
        }
    }

    public static void Completed(int number)
    {
        Session? session = Find(number);
        session?.Clear();
        session?.Send(16);
    }

    private void Clear()
    {
        _last?.Drop();
        _last = null;
    }
}

internal static unsafe class Native
{
    private struct Message
    {
        public int Kind;
        public fixed byte Content[32];
    }

    private struct Data
    {
        public int Size;
        public nint Bytes;
    }

    private static Message IntoTheContent(ReadOnlySpan<byte> bytes)
    {
        nint copy = Marshal.AllocHGlobal(bytes.Length);
        bytes.CopyTo(new Span<byte>((void*)copy, bytes.Length));
        var message = new Message { Kind = 1 };
        *(Data*)message.Content = new Data { Size = bytes.Length, Bytes = copy };
        return message;
    }

    public static int KindOf(ReadOnlySpan<byte> bytes) => IntoTheContent(bytes).Kind;

    public static void FreedBehindThePointer(int size)
    {
        nint[] blocks = { Marshal.AllocHGlobal(size), Marshal.AllocHGlobal(size) };
        fixed (nint* first = blocks)
        {
            for (int i = 0; i < 2; i++)
            {
                Marshal.FreeHGlobal(first[i]);
            }
        }
    }
}

/// <summary>The object is finalized, also when the constructor of the derived type throws.</summary>
internal abstract class Finalized
{
    ~Finalized() => Clear();

    protected abstract void Clear();
}

internal sealed class Opened : Finalized
{
    private nint _block;

    public Opened(int size)
    {
        _block = Marshal.AllocHGlobal(size);
        if (size > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(size));
        }
    }

    protected override void Clear()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}

/// <summary>The same, and nobody finalizes it.</summary>
internal sealed class OpenedForNothing : IDisposable
{
    private nint _block;

    public OpenedForNothing(int size) // bad: LIFE005
    {
        _block = Marshal.AllocHGlobal(size);
        if (size > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(size));
        }
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}
