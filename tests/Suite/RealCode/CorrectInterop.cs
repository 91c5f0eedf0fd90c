// weakness: none
// construct: correct code, interop calls and callbacks
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Suite.Support;

namespace Cases.RealCode.CorrectInterop;

[StructLayout(LayoutKind.Sequential)]
internal struct Entry
{
    public int Id;
    public nint Name;
}

internal static unsafe class Calls
{
    private static readonly Lazy<nint> Shared = new(() => Marshal.AllocHGlobal(64));

    [DllImport("native")]
    private static extern int write_all(nint entries, int count);

    [DllImport("native")]
    private static extern int begin(nint buffer, int length, delegate* unmanaged<nint, int, void> done, nint state);

    public static int StructuresInOneBlock(Entry[] entries)
    {
        int size = Marshal.SizeOf<Entry>();
        nint block = Marshal.AllocHGlobal(size * entries.Length);
        try
        {
            for (int i = 0; i < entries.Length; i++)
            {
                Marshal.StructureToPtr(entries[i], block + (i * size), false);
            }

            return write_all(block, entries.Length);
        }
        finally
        {
            for (int i = 0; i < entries.Length; i++)
            {
                Marshal.DestroyStructure<Entry>(block + (i * size));
            }

            Marshal.FreeHGlobal(block);
        }
    }

    public static int WalkingCursor(int[] numbers)
    {
        nint block = Marshal.AllocCoTaskMem(numbers.Length * sizeof(int));
        nint cursor = block;
        foreach (int number in numbers)
        {
            Marshal.WriteInt32(cursor, number);
            cursor += sizeof(int);
        }

        int result = write_all(block, numbers.Length);
        Marshal.FreeCoTaskMem(block);
        return result;
    }

    public static int NamesByLinq(IEnumerable<string> names)
    {
        nint[] natives = names.Select(name => Marshal.StringToHGlobalUni(name)).ToArray();
        try
        {
            return natives.Length;
        }
        finally
        {
            Array.ForEach(natives, Marshal.FreeHGlobal);
        }
    }

    public static int NamesByConvertAll(string[] names)
    {
        nint[] natives = Array.ConvertAll(names, Marshal.StringToCoTaskMemUTF8);
        foreach (nint native in natives)
        {
            Marshal.FreeCoTaskMem(native);
        }

        return natives.Length;
    }

    public static void HandlesOnTheStack(object[] targets)
    {
        Span<GCHandle> handles = stackalloc GCHandle[targets.Length];
        try
        {
            for (int i = 0; i < targets.Length; i++)
            {
                handles[i] = GCHandle.Alloc(targets[i], GCHandleType.Pinned);
            }
        }
        finally
        {
            foreach (ref GCHandle handle in handles)
            {
                if (handle.IsAllocated)
                {
                    handle.Free();
                }
            }
        }
    }

    public static void ManyPins(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var pins = new MemoryHandle[parts.Count];
        try
        {
            for (int i = 0; i < pins.Length; i++)
            {
                pins[i] = parts[i].Pin();
            }

            Io.PrintInt(pins.Length);
        }
        finally
        {
            foreach (MemoryHandle pin in pins)
            {
                pin.Dispose();
            }
        }
    }

    public static Task<int> BeginRead(byte[] buffer)
    {
        var state = new ReadState(buffer);
        GCHandle self = GCHandle.Alloc(state);
        int status = begin(state.Address, buffer.Length, &OnRead, GCHandle.ToIntPtr(self));
        if (status != 0)
        {
            self.Free();
            state.Release();
            throw new InvalidOperationException("status " + status);
        }

        return state.Completion.Task;
    }

    public static nint SharedBlock => Shared.Value;

    public static void ReleaseOnCancellation(CancellationToken token)
    {
        nint block = Marshal.AllocHGlobal(8);
        token.Register(() => Marshal.FreeHGlobal(block));
    }

    public static void ReleaseThroughState(CancellationToken token)
    {
        nint block = Marshal.AllocHGlobal(8);
        token.Register(static state => Marshal.FreeHGlobal((nint)state!), block);
    }

    public static ValueTask<nint> InValueTask(int size) => new(Marshal.AllocHGlobal(size));

    public static Task<IMemoryOwner<byte>> InTask(int size) => Task.FromResult(MemoryPool<byte>.Shared.Rent(size));

    public static void ByCompletionSource(TaskCompletionSource<nint> source, int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        source.SetResult(block);
    }

    public static void ByCompletionSourceIfStillWanted(TaskCompletionSource<nint> source, int size)
    {
        nint block = Marshal.AllocHGlobal(size);
        if (!source.TrySetResult(block))
        {
            Marshal.FreeHGlobal(block);
        }
    }

    public static void ByEvent(Action<nint>? allocated)
    {
        nint block = Marshal.AllocHGlobal(8);
        if (allocated is null)
        {
            Marshal.FreeHGlobal(block);
            return;
        }

        try
        {
            allocated(block);
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    [UnmanagedCallersOnly]
    private static void OnRead(nint data, int read)
    {
        GCHandle self = GCHandle.FromIntPtr(data);
        var state = (ReadState)self.Target!;
        self.Free();
        state.Release();
        state.Completion.SetResult(read);
    }

    private sealed class ReadState
    {
        private GCHandle _pin;

        public ReadState(byte[] buffer) => _pin = GCHandle.Alloc(buffer, GCHandleType.Pinned);

        public TaskCompletionSource<int> Completion { get; } = new();

        public nint Address => _pin.AddrOfPinnedObject();

        public void Release()
        {
            if (_pin.IsAllocated)
            {
                _pin.Free();
            }
        }
    }
}

internal sealed class Segment : ReadOnlySequenceSegment<byte>, IDisposable
{
    private readonly IMemoryOwner<byte> _owner;

    public Segment(int size, Segment? previous)
    {
        _owner = MemoryPool<byte>.Shared.Rent(size);
        Memory = _owner.Memory;
        if (previous is not null)
        {
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }

    public void Dispose() => _owner.Dispose();

    public static void DisposeAll(Segment? first)
    {
        for (Segment? segment = first; segment is not null; segment = (Segment?)segment.Next)
        {
            segment.Dispose();
        }
    }
}

internal sealed record Message(IMemoryOwner<byte> Body, int Length) : IDisposable
{
    public ReadOnlySpan<byte> Span => Body.Memory.Span[..Length];

    public void Dispose() => Body.Dispose();

    public static Message Create(ReadOnlySpan<byte> bytes)
    {
        IMemoryOwner<byte> body = MemoryPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(body.Memory.Span);
        return new Message(body, bytes.Length);
    }
}
