// weakness: CWE-415
// construct: members that take out, called by loops until nothing is left

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace LifetimeAnalyzers.Suite.CSharp
{
    public unsafe struct LoopToken
    {
        public int Kind;
        public byte* Text;
        public LoopToken* Next;
    }

    /// <summary>A list whose nodes own a text.</summary>
    public sealed unsafe class LoopTokens : IDisposable
    {
        private LoopToken* _head;
        private LoopToken* _tail;

        public static void GoodDestroy(LoopToken* token)
        {
            if (token == null)
            {
                return;
            }

            NativeMemory.Free(token->Text);
            NativeMemory.Free(token);
        }

        public void GoodPush(LoopToken* token)
        {
            token->Next = null;
            if (_tail == null)
            {
                _head = token;
            }
            else
            {
                _tail->Next = token;
            }

            _tail = token;
        }

        public bool GoodTryPop(out LoopToken* token)
        {
            token = _head;
            if (token == null)
            {
                return false;
            }

            _head = token->Next;
            if (_head == null)
            {
                _tail = null;
            }

            token->Next = null;
            return true;
        }

        public LoopToken* GoodPop()
        {
            var token = _head;
            if (token == null)
            {
                return null;
            }

            _head = token->Next;
            token->Next = null;
            return token;
        }

        public int GoodDrain()
        {
            var words = 0;
            while (GoodTryPop(out var token))
            {
                if (token->Kind == 1)
                {
                    words++;
                }

                GoodDestroy(token);
            }

            return words;
        }

        public void GoodDrainByResult()
        {
            LoopToken* token;
            while ((token = GoodPop()) != null)
            {
                NativeMemory.Free(token->Text);
                NativeMemory.Free(token);
            }
        }

        public void BadDrain() // bad: LIFE006
        {
            LoopToken* token;
            while ((token = GoodPop()) != null)
            {
                NativeMemory.Free(token->Text);
                GoodDestroy(token);
            }
        }

        public void BadDrainAndLook(ref int kinds) // bad: LIFE007
        {
            while (GoodTryPop(out var token))
            {
                GoodDestroy(token);
                kinds += token->Kind;
            }
        }

        public void Dispose() => GoodDrain();
    }

    public unsafe struct LoopMessage
    {
        public int Length;
        public byte* Data;
    }

    /// <summary>A ring that gives from its end.</summary>
    public sealed unsafe class LoopRing : IDisposable
    {
        private readonly int _room;
        private LoopMessage* _slots;
        private int _first;
        private int _count;

        public LoopRing(int room)
        {
            _room = room;
            _slots = (LoopMessage*)NativeMemory.AllocZeroed((nuint)room, (nuint)sizeof(LoopMessage));
        }

        public byte* GoodPopLast()
        {
            if (_count == 0)
            {
                return null;
            }

            var at = (_first + --_count) % _room;
            var data = _slots[at].Data;
            _slots[at].Data = null;
            return data;
        }

        public byte* GoodPopFirst()
        {
            if (_count == 0)
            {
                return null;
            }

            var data = _slots[_first].Data;
            _slots[_first] = default;
            _first = (_first + 1) % _room;
            _count--;
            return data;
        }

        public static int GoodSum(LoopRing ring)
        {
            var sum = 0;
            for (byte* data; (data = ring.GoodPopLast()) != null; NativeMemory.Free(data))
            {
                sum += *data;
            }

            return sum;
        }

        public static int GoodSumFromFirst(LoopRing ring)
        {
            var sum = 0;
            byte* data;
            while ((data = ring.GoodPopFirst()) != null)
            {
                sum += *data;
                NativeMemory.Free(data);
            }

            return sum;
        }

        public static int BadSum(LoopRing ring) // bad: LIFE007
        {
            var sum = 0;
            byte* data;
            while ((data = ring.GoodPopLast()) != null)
            {
                NativeMemory.Free(data);
                sum += *data;
            }

            return sum;
        }

        public void Dispose()
        {
            GoodSum(this);
            NativeMemory.Free(_slots);
            _slots = null;
        }
    }

    /// <summary>A list of numbers of blocks, of which members take the last.</summary>
    public sealed unsafe class LoopNumbers : IDisposable
    {
        private readonly List<nint> _held = new List<nint>();

        public void GoodHold(int length) => _held.Add((nint)NativeMemory.Alloc((nuint)length));

        private bool TryPop(out nint last)
        {
            last = 0;
            if (_held.Count == 0)
            {
                return false;
            }

            last = _held[_held.Count - 1];
            _held.RemoveAt(_held.Count - 1);
            return true;
        }

        private nint Last() => _held.Count == 0 ? 0 : _held[_held.Count - 1];

        public int GoodUnwind(int keep)
        {
            var count = 0;
            while (_held.Count > keep && TryPop(out var last))
            {
                NativeMemory.Free((void*)last);
                count++;
            }

            return count;
        }

        public void BadFreeAll() // bad: LIFE006
        {
            for (var i = 0; i < _held.Count; i++)
            {
                NativeMemory.Free((void*)_held[i]);
            }
        }

        public bool GoodLooks() => Last() != 0;

        public void Dispose()
        {
            foreach (var block in _held)
            {
                NativeMemory.Free((void*)block);
            }

            _held.Clear();
        }
    }
}
