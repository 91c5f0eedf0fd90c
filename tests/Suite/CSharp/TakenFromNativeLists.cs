// weakness: CWE-401 missing release of memory after effective lifetime
// construct: blocks that functions of the source take out of lists and rings in native memory, and that who calls them releases or loses

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Suite.TakenFromNativeLists
{
    internal unsafe struct Job
    {
        public Job* Next;
        public Job* Previous;
        public int Number;
        public byte* Text;
    }

    internal unsafe sealed class JobList : IDisposable
    {
        private Job* _first;
        private Job* _last;
        private int _count;

        public void Add(int number)
        {
            var job = (Job*)NativeMemory.AllocZeroed((nuint)sizeof(Job));
            job->Number = number;
            Link(job);
        }

        private void Link(Job* job)
        {
            job->Previous = _last;
            job->Next = null;
            if (_last != null)
            {
                _last->Next = job;
            }
            else
            {
                _first = job;
            }

            _last = job;
            _count++;
        }

        private void Unlink(Job* job)
        {
            if (job->Previous != null)
            {
                job->Previous->Next = job->Next;
            }
            else
            {
                _first = job->Next;
            }

            if (job->Next != null)
            {
                job->Next->Previous = job->Previous;
            }
            else
            {
                _last = job->Previous;
            }

            _count--;
        }

        private Job* PopFirst()
        {
            var job = _first;
            if (job != null)
            {
                Unlink(job);
            }

            return job;
        }

        public void Cancel(int number)
        {
            for (var job = _first; job != null; job = job->Next)
            {
                if (job->Number == number)
                {
                    Unlink(job);
                    NativeMemory.Free(job);
                    return;
                }
            }
        }

        public int Run()
        {
            var sum = 0;
            for (var job = PopFirst(); job != null; job = PopFirst())
            {
                sum += job->Number;
                NativeMemory.Free(job);
            }

            return sum;
        }

        public bool CancelLast() // bad: LIFE003
        {
            if (_last == null)
            {
                return false;
            }

            var job = _last;
            Unlink(job);
            return job->Number > 0;
        }

        public void ToTheEnd(int number)
        {
            var job = _first;
            while (job != null && job->Number != number)
            {
                job = job->Next;
            }

            if (job != null)
            {
                Unlink(job);
                Link(job);
            }
        }

        public int Skip(int count) // bad: LIFE003
        {
            var skipped = 0;
            while (skipped < count)
            {
                var job = PopFirst();
                if (job == null)
                {
                    break;
                }

                skipped++;
            }

            return skipped;
        }

        public int RunPositive() // bad: LIFE004
        {
            var sum = 0;
            Job* job;
            while ((job = PopFirst()) != null)
            {
                if (job->Number <= 0)
                {
                    continue;
                }

                sum += job->Number;
                NativeMemory.Free(job);
            }

            return sum;
        }

        public int RunPositiveOnly()
        {
            var sum = 0;
            Job* job;
            while ((job = PopFirst()) != null)
            {
                if (job->Number > 0)
                {
                    sum += job->Number;
                }

                NativeMemory.Free(job);
            }

            return sum;
        }

        public void MoveTo(JobList other)
        {
            Job* job;
            while ((job = PopFirst()) != null)
            {
                other.Link(job);
            }
        }

        public void MoveSome(JobList other, int limit)
        {
            for (var job = PopFirst(); job != null; job = PopFirst())
            {
                if (job->Number < limit)
                {
                    other.Link(job);
                }
                else
                {
                    NativeMemory.Free(job);
                }
            }
        }

        public int CollectInto(List<nint> jobs)
        {
            Job* job;
            while ((job = PopFirst()) != null)
            {
                jobs.Add((nint)job);
            }

            return jobs.Count;
        }

        public Job* Best()
        {
            Job* best = null;
            Job* job;
            while ((job = PopFirst()) != null)
            {
                if (best == null || job->Number > best->Number)
                {
                    if (best != null)
                    {
                        NativeMemory.Free(best);
                    }

                    best = job;
                }
                else
                {
                    NativeMemory.Free(job);
                }
            }

            return best;
        }

        public void Dispose()
        {
            Run();
        }
    }

    // the nodes lie in one block of the pool: nobody frees one of them
    internal unsafe sealed class PooledJobs : IDisposable
    {
        private readonly Job* _all;
        private Job* _free;
        private Job* _used;

        public PooledJobs(int count)
        {
            _all = (Job*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(Job));
            for (var i = 0; i < count; i++)
            {
                _all[i].Next = _free;
                _free = &_all[i];
            }
        }

        private Job* TakeFree()
        {
            var job = _free;
            if (job != null)
            {
                _free = job->Next;
            }

            return job;
        }

        private void UnlinkUsed(Job* job)
        {
            _used = job->Next;
        }

        public int Use(int number)
        {
            var job = TakeFree();
            if (job == null)
            {
                return -1;
            }

            job->Number = number;
            return job->Number;
        }

        public int Drop()
        {
            var job = _used;
            UnlinkUsed(job);
            return job->Number;
        }

        public void Dispose() => NativeMemory.Free(_all);
    }

    // what is in the list is in a table as well, and is released with that
    internal unsafe sealed class IndexedJobs : IDisposable
    {
        private readonly Dictionary<int, nint> _table = new();
        private Job* _newest;

        public void Add(int number)
        {
            var job = (Job*)NativeMemory.AllocZeroed((nuint)sizeof(Job));
            job->Number = number;
            job->Next = _newest;
            _newest = job;
            _table.Add(number, (nint)job);
        }

        private void UnlinkNewest(Job* job)
        {
            _newest = job->Next;
            job->Next = null;
        }

        private void RemoveFromTable(Job* job) => _table.Remove(job->Number);

        public void Forget()
        {
            var job = _newest;
            if (job != null)
            {
                UnlinkNewest(job);
            }
        }

        public void Discard()
        {
            var job = _newest;
            if (job != null)
            {
                UnlinkNewest(job);
                RemoveFromTable(job);
                NativeMemory.Free(job);
            }
        }

        public void Dispose()
        {
            foreach (var job in _table.Values)
            {
                NativeMemory.Free((void*)job);
            }

            _table.Clear();
        }
    }

    internal sealed class Slots : IDisposable
    {
        private readonly nint[] _slots = new nint[8];
        private int _head;
        private int _count;

        public bool Offer(int value)
        {
            if (_count == _slots.Length)
            {
                return false;
            }

            var block = Marshal.AllocHGlobal(8);
            Marshal.WriteInt32(block, value);
            _slots[(_head + _count++) % _slots.Length] = block;
            return true;
        }

        private nint Dequeue()
        {
            if (_count == 0)
            {
                return 0;
            }

            var block = _slots[_head];
            _slots[_head] = 0;
            _head = (_head + 1) % _slots.Length;
            _count--;
            return block;
        }

        public int Next()
        {
            var block = Dequeue();
            if (block == 0)
            {
                return -1;
            }

            var value = Marshal.ReadInt32(block);
            Marshal.FreeHGlobal(block);
            return value;
        }

        public int Peeked() // bad: LIFE003
        {
            var block = Dequeue();
            return block == 0 ? -1 : Marshal.ReadInt32(block);
        }

        public void DropOne() // bad: LIFE003
        {
            Dequeue();
        }

        public void DropAll()
        {
            while (_count > 0)
            {
                Marshal.FreeHGlobal(Dequeue());
            }
        }

        public nint Detach() => Dequeue();

        public void Dispose() => DropAll();
    }
}
