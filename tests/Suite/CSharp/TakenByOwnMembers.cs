// weakness: CWE-401 missing release of memory after effective lifetime, CWE-415 double free
// construct: types that empty what they own by a private member of their own, which takes one element out and gives it

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Suite.TakenByOwnMembers
{
    internal sealed class ByCount : IDisposable
    {
        private readonly IntPtr[] _slots = new IntPtr[8];
        private int _count;

        public bool Push(int size)
        {
            if (_count == _slots.Length)
            {
                return false;
            }

            _slots[_count++] = Marshal.AllocHGlobal(size);
            return true;
        }

        private IntPtr Pop() => _count == 0 ? IntPtr.Zero : _slots[--_count];

        public void Dispose()
        {
            IntPtr block;
            while ((block = Pop()) != IntPtr.Zero)
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    internal sealed class ByAnswer : IDisposable
    {
        private readonly IntPtr[] _slots = new IntPtr[8];
        private int _count;

        public void Push(int size) => _slots[_count++] = Marshal.AllocHGlobal(size);

        private bool TryPop(out IntPtr block)
        {
            if (_count == 0)
            {
                block = IntPtr.Zero;
                return false;
            }

            block = _slots[--_count];
            return true;
        }

        public void Dispose()
        {
            while (TryPop(out var block))
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    internal sealed class FromTheEnd : IDisposable
    {
        private readonly List<IntPtr> _list = new();

        public void Push(int size) => _list.Add(Marshal.AllocHGlobal(size));

        private bool TryPop(out IntPtr block)
        {
            block = IntPtr.Zero;
            if (_list.Count == 0)
            {
                return false;
            }

            block = _list[^1];
            _list.RemoveAt(_list.Count - 1);
            return true;
        }

        public void Dispose()
        {
            while (TryPop(out var block))
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    internal sealed class FromTheEndByIndex : IDisposable
    {
        private readonly List<IntPtr> _list = new();

        public void Push(int size) => _list.Add(Marshal.AllocHGlobal(size));

        private bool TryPop(out IntPtr block)
        {
            block = IntPtr.Zero;
            if (_list.Count == 0)
            {
                return false;
            }

            block = _list[_list.Count - 1];
            _list.RemoveAt(_list.Count - 1);
            return true;
        }

        public void Dispose()
        {
            while (TryPop(out var block))
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    internal sealed class FromQueue : IDisposable
    {
        private readonly Queue<IntPtr> _queue = new();

        public void Push(int size) => _queue.Enqueue(Marshal.AllocHGlobal(size));

        private bool TryTake(out IntPtr block)
        {
            block = IntPtr.Zero;
            if (_queue.Count == 0)
            {
                return false;
            }

            block = _queue.Dequeue();
            return true;
        }

        public void Dispose()
        {
            while (TryTake(out var block))
            {
                Marshal.FreeHGlobal(block);
            }
        }
    }

    internal unsafe sealed class NativeSlots : IDisposable
    {
        private void** _slots = (void**)NativeMemory.AllocZeroed(16, (nuint)sizeof(void*));
        private int _count;

        public void Push() => _slots[_count++] = NativeMemory.Alloc(8);

        private void* Pop() => _count == 0 ? null : _slots[--_count];

        private void Clear()
        {
            for (var block = Pop(); block != null; block = Pop())
            {
                NativeMemory.Free(block);
            }
        }

        public void Dispose()
        {
            Clear();
            NativeMemory.Free(_slots);
            _slots = null;
        }
    }

    internal sealed class Ring : IDisposable
    {
        private readonly byte[]?[] _ring = new byte[]?[4];
        private int _head;
        private int _tail;

        public void Put(int size)
        {
            _ring[_tail] = ArrayPool<byte>.Shared.Rent(size);
            _tail = (_tail + 1) & 3;
        }

        private byte[] Get()
        {
            var buffer = _ring[_head]!;
            _ring[_head] = null;
            _head = (_head + 1) & 3;
            return buffer;
        }

        public void Dispose()
        {
            while (_head != _tail)
            {
                ArrayPool<byte>.Shared.Return(Get());
            }
        }
    }

    internal sealed class NeverEmptied : IDisposable
    {
        private readonly IntPtr[] _slots = new IntPtr[8];
        private int _count;

        public void Push(int size) // bad: LIFE013
        {
            _slots[_count++] = Marshal.AllocHGlobal(size);
        }

        private IntPtr Last() => _count == 0 ? IntPtr.Zero : _slots[_count - 1];

        public int Read() => Marshal.ReadInt32(Last());

        public void Dispose() => _count = 0;
    }

    internal sealed class FreedTwice : IDisposable
    {
        private readonly Queue<IntPtr> _queue = new();

        public void Push(int size) => _queue.Enqueue(Marshal.AllocHGlobal(size));

        private bool TryTake(out IntPtr block)
        {
            block = IntPtr.Zero;
            if (_queue.Count == 0)
            {
                return false;
            }

            block = _queue.Dequeue();
            return true;
        }

        public void Dispose() // bad: LIFE006
        {
            while (TryTake(out var block))
            {
                Marshal.FreeHGlobal(block);
                Marshal.FreeHGlobal(block);
            }
        }
    }
}
