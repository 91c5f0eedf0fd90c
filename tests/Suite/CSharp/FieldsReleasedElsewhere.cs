// weakness: CWE-401
// construct: fields that a function, a static member, another field or a list looks after
using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Cases.FieldsReleasedElsewhere;

internal sealed class SizedGood : IDisposable
{
    private nint _bytes;
    private int _size;

    public byte First(int size)
    {
        Reserve(size);
        return Marshal.ReadByte(_bytes);
    }

    public void Replace(int size)
    {
        if (_size != 0)
        {
            Marshal.FreeHGlobal(_bytes);
            _size = 0;
        }

        _bytes = Marshal.AllocHGlobal(size);
        _size = size;
    }

    public void Dispose()
    {
        if (_size != 0)
        {
            Marshal.FreeHGlobal(_bytes);
        }

        _bytes = 0;
        _size = 0;
    }

    private void Reserve(int size)
    {
        if (size > _size)
        {
            if (_size > 0)
            {
                Marshal.FreeHGlobal(_bytes);
            }

            _bytes = Marshal.AllocHGlobal(size);
            _size = size;
        }
    }
}

internal sealed class SizedBad : IDisposable
{
    private nint _bytes = Marshal.AllocHGlobal(1);
    private int _size = 1;

    public void Grow(int size)
    {
        if (size > _size)
        {
            _bytes = Marshal.AllocHGlobal(size); // bad: LIFE013
            _size = size;
        }
    }

    public void Dispose() => Marshal.FreeHGlobal(_bytes);
}

internal sealed class AskedOfAParameterBad : IDisposable
{
    private nint _bytes = Marshal.AllocHGlobal(1);

    public void Replace(bool tidy, int size)
    {
        if (tidy)
        {
            Marshal.FreeHGlobal(_bytes);
        }

        _bytes = Marshal.AllocHGlobal(size); // bad: LIFE013
    }

    public void Dispose() => Marshal.FreeHGlobal(_bytes);
}

internal sealed class EmptyAtFirstGood : IDisposable
{
    private byte[] _buffer = Array.Empty<byte>();

    public void Write(int size, byte first)
    {
        Reserve(size);
        _buffer[0] = first;
    }

    public void Restart(int size)
    {
        if (_buffer.Length > 0)
        {
            _buffer[0] = 0;
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = ArrayPool<byte>.Shared.Rent(size);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = Array.Empty<byte>();
    }

    private void Reserve(int size)
    {
        if (_buffer.Length >= size)
        {
            return;
        }

        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = ArrayPool<byte>.Shared.Rent(size);
    }
}

internal sealed class UsedAndReplacedBad : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(8);

    public void Grow(int size)
    {
        byte first = _buffer[0];
        _buffer = ArrayPool<byte>.Shared.Rent(size); // bad: LIFE013
        _buffer[0] = first;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}

internal sealed class LocalFunctionGood : IDisposable
{
    private nint _one = Marshal.AllocHGlobal(1);
    private nint _two = Marshal.AllocHGlobal(2);

    public void Dispose()
    {
        End();

        void End()
        {
            Marshal.FreeHGlobal(_one);
            _one = 0;
            Empty(ref _two);
        }
    }

    private static void Empty(ref nint block)
    {
        if (block != 0)
        {
            Marshal.FreeHGlobal(block);
            block = 0;
        }
    }
}

internal sealed class LocalFunctionBad : IDisposable
{
    private readonly nint _one = Marshal.AllocHGlobal(1); // bad: LIFE013

    public void Dispose()
    {
        End();

        void End() => Marshal.WriteByte(_one, 0);
    }
}

internal sealed class LambdaGood : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(1);

    public void Dispose() => Quietly(() => Marshal.FreeHGlobal(_block));

    private static void Quietly(Action step)
    {
        try
        {
            step();
        }
        catch (InvalidOperationException)
        {
        }
    }
}

internal sealed class LaterGood : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(1);

    public void Dispose() => Task.Run(() => Marshal.FreeHGlobal(_block));
}

internal sealed class StoppedGood : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(1);
    private readonly CancellationTokenRegistration _stop;

    public StoppedGood(CancellationToken token) => _stop = token.Register(() => Marshal.FreeHGlobal(_block));

    public void Dispose() => _stop.Dispose();
}

internal sealed class StepsGood : IDisposable
{
    private readonly List<Action> _steps = new();
    private readonly nint _block;

    public StepsGood()
    {
        _block = Marshal.AllocHGlobal(1);
        _steps.Add(() => Marshal.FreeHGlobal(_block));
    }

    public void Dispose() => _steps.ForEach(step => step());
}

internal sealed class StepsBad : IDisposable
{
    private readonly List<Action> _steps = new();
    private readonly nint _block;

    public StepsBad()
    {
        _block = Marshal.AllocHGlobal(1); // bad: LIFE013
        _steps.Add(() => Marshal.WriteByte(_block, 0));
    }

    public void Dispose() => _steps.ForEach(step => step());
}

internal sealed class StaticMemberGood
{
    private nint _block = Marshal.AllocHGlobal(1);

    public static void Free(StaticMemberGood owner)
    {
        Marshal.FreeHGlobal(owner._block);
        owner._block = 0;
    }
}

internal sealed class StaticByReferenceGood
{
    private readonly nint _block = Marshal.AllocHGlobal(1);

    public static void Free(ref StaticByReferenceGood? owner)
    {
        if (owner is not null)
        {
            Marshal.FreeHGlobal(owner._block);
            owner = null;
        }
    }
}

internal sealed class StaticOfManyGood
{
    private readonly nint _block = Marshal.AllocHGlobal(1);

    public static void FreeAll(IEnumerable<StaticOfManyGood> owners)
    {
        foreach (StaticOfManyGood owner in owners)
        {
            Marshal.FreeHGlobal(owner._block);
        }
    }
}

internal sealed class StaticMemberBad
{
    private readonly nint _block = Marshal.AllocHGlobal(1); // bad: LIFE013

    public static byte Peek(StaticMemberBad owner) => Marshal.ReadByte(owner._block);
}

internal sealed class LazyOnlyGood
{
    private static readonly Lazy<LazyOnlyGood> s_only = new(() => new LazyOnlyGood());

    private readonly nint _block = Marshal.AllocHGlobal(1);

    private LazyOnlyGood()
    {
    }

    public static byte First => Marshal.ReadByte(s_only.Value._block);
}

internal static class Threads
{
    internal static readonly ThreadLocal<PerThreadGood> Local = new(() => new PerThreadGood(4));
}

internal sealed class PerThreadGood
{
    private readonly nint _block;

    internal PerThreadGood(int size) => _block = Marshal.AllocHGlobal(size);

    public byte First => Marshal.ReadByte(_block);
}

internal sealed class PerNameGood
{
    private static readonly ConcurrentDictionary<string, PerNameGood> s_known = new();

    private readonly nint _name;

    private PerNameGood(string name) => _name = Marshal.StringToHGlobalAnsi(name);

    public static PerNameGood Of(string name) => s_known.GetOrAdd(name, one => new PerNameGood(one));

    public byte First => Marshal.ReadByte(_name);
}

internal sealed class PerNumberGood
{
    private static readonly Dictionary<int, PerNumberGood> s_known = new();

    private readonly nint _block;

    private PerNumberGood(int number) => _block = Marshal.AllocHGlobal(number);

    public static byte FirstOf(int number)
    {
        if (!s_known.TryGetValue(number, out PerNumberGood? found))
        {
            found = new PerNumberGood(number);
            s_known.Add(number, found);
        }

        return Marshal.ReadByte(found._block);
    }
}

internal sealed class ForgottenByNameBad
{
    private static readonly ConcurrentDictionary<string, ForgottenByNameBad> s_known = new();

    private readonly nint _name;

    private ForgottenByNameBad(string name) => _name = Marshal.StringToHGlobalAnsi(name); // bad: LIFE013

    public static ForgottenByNameBad Of(string name) => s_known.GetOrAdd(name, one => new ForgottenByNameBad(one));

    public static void Drop(string name) => s_known.TryRemove(name, out _);

    public byte First => Marshal.ReadByte(_name);
}

internal sealed class MadeAnewBad
{
    private readonly nint _block;

    private MadeAnewBad() => _block = Marshal.AllocHGlobal(1); // bad: LIFE013

    public byte First => Marshal.ReadByte(_block);

    public static MadeAnewBad Make() => new();
}

internal sealed unsafe class QueueGood : IDisposable
{
    private Node* _first;
    private Node* _last;

    public void Enqueue(int number)
    {
        Node* node = Make(number);
        if (_last == null)
        {
            _first = node;
        }
        else
        {
            _last->Next = node;
        }

        _last = node;
    }

    public void Dispose()
    {
        for (Node* node = _first; node != null;)
        {
            Node* next = node->Next;
            NativeMemory.Free(node);
            node = next;
        }

        _first = _last = null;
    }

    private static Node* Make(int number)
    {
        var node = (Node*)NativeMemory.AllocZeroed((nuint)sizeof(Node));
        node->Number = number;
        return node;
    }

    private struct Node
    {
        public int Number;
        public Node* Next;
    }
}

internal sealed unsafe class LastOnlyBad : IDisposable
{
    private Node* _last;

    public void Add(int number)
    {
        var node = (Node*)NativeMemory.AllocZeroed((nuint)sizeof(Node)); // bad: LIFE013
        node->Number = number;
        _last = node;
    }

    public void Dispose() => NativeMemory.Free(_last);

    private struct Node
    {
        public int Number;
        public Node* Next;
    }
}

internal struct Titled : IDisposable
{
    public int Kind;
    private nint _title;

    public void Entitle(string title) => _title = Marshal.StringToCoTaskMemUni(title);

    public void Dispose()
    {
        Marshal.FreeCoTaskMem(_title);
        _title = 0;
    }
}

internal static class TitledGood
{
    public static void Describe(out Titled titled, bool named)
    {
        titled = new Titled { Kind = 2 };
        if (named)
        {
            titled.Entitle("one");
        }
    }
}

internal struct Renamed : IDisposable
{
    private nint _title;

    public void Entitle(string title) => _title = Marshal.StringToCoTaskMemUni(title); // bad: LIFE013

    public void Dispose()
    {
        Marshal.FreeCoTaskMem(_title);
        _title = 0;
    }
}

internal static class RenamedBad
{
    public static void Twice()
    {
        using var renamed = new Renamed();
        renamed.Entitle("one"); // bad: LIFE003
        renamed.Entitle("two");
    }
}

internal sealed unsafe class ClosedByAddressGood : IDisposable
{
    private void* _context = OpenContext();

    public void Dispose()
    {
        fixed (void** at = &_context)
        {
            CloseContext(at);
        }

        _context = null;
    }

    private static void* OpenContext() => NativeMemory.Alloc(16);

    [DllImport("media")]
    private static extern void CloseContext(void** context);
}

internal sealed unsafe class ReadByAddressBad : IDisposable
{
    private void* _context = NativeMemory.Alloc(16); // bad: LIFE013

    public void Dispose()
    {
        fixed (void** at = &_context)
        {
            *(int*)*at = 0;
        }
    }
}

internal sealed class FinalizedTwiceBad : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(1);

    ~FinalizedTwiceBad() => Marshal.FreeHGlobal(_block);

    public void Dispose() => Marshal.FreeHGlobal(_block); // bad: LIFE006
}

internal sealed class FinalizedOnceGood : IDisposable
{
    private readonly nint _block = Marshal.AllocHGlobal(1);

    ~FinalizedOnceGood() => Marshal.FreeHGlobal(_block);

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        GC.SuppressFinalize(this);
    }
}

internal sealed class FinalizedClearedGood : IDisposable
{
    private nint _block = Marshal.AllocHGlobal(1);

    ~FinalizedClearedGood() => Dispose();

    public void Dispose()
    {
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }
}
