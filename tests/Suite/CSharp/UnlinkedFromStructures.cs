// weakness: CWE-401 missing release of memory after effective lifetime
// construct: functions over native structures that lead a pointer past a node, which they release or forget

using System;
using System.Runtime.InteropServices;

namespace Suite.UnlinkedFromStructures
{
    internal unsafe struct Link
    {
        public int Number;
        public Link* Next;
    }

    internal unsafe struct Chain
    {
        public Link* First;
        public Link* Last;
        public Link* Spare;
        public int Length;
    }

    internal static unsafe class Chains
    {
        public static void Add(Chain* chain, int number)
        {
            var link = (Link*)NativeMemory.Alloc((nuint)sizeof(Link));
            link->Number = number;
            link->Next = chain->First;
            chain->First = link;
            if (chain->Last == null)
            {
                chain->Last = link;
            }

            chain->Length++;
        }

        public static int Shift(Chain* chain)
        {
            Link* first = chain->First;
            if (first == null)
            {
                return -1;
            }

            chain->First = first->Next;
            chain->Length--;
            var number = first->Number;
            NativeMemory.Free(first);
            return number;
        }

        public static int ShiftAndForget(Chain* chain) // bad: LIFE003
        {
            Link* first = chain->First;
            if (first == null)
            {
                return -1;
            }

            chain->First = first->Next;
            chain->Length--;
            return first->Number;
        }

        public static bool Cut(Chain* chain) // bad: LIFE003
        {
            if (chain->First == null)
            {
                return false;
            }

            chain->First = chain->First->Next;
            return true;
        }

        public static bool CutByLink(Chain* chain, int number) // bad: LIFE003
        {
            Link** link = &chain->First;
            while (*link != null && (*link)->Number != number)
            {
                link = &(*link)->Next;
            }

            if (*link == null)
            {
                return false;
            }

            *link = (*link)->Next;
            return true;
        }

        public static bool Remove(Chain* chain, int number)
        {
            Link** link = &chain->First;
            while (*link != null && (*link)->Number != number)
            {
                link = &(*link)->Next;
            }

            Link* found = *link;
            if (found == null)
            {
                return false;
            }

            *link = found->Next;
            NativeMemory.Free(found);
            return true;
        }

        public static Link* Take(Chain* chain)
        {
            Link* first = chain->First;
            if (first != null)
            {
                chain->First = first->Next;
            }

            return first;
        }

        public static void PutAside(Chain* chain)
        {
            Link* first = chain->First;
            chain->First = first->Next;
            first->Next = chain->Spare;
            chain->Spare = first;
        }

        public static void ToTheEnd(Chain* chain)
        {
            Link* first = chain->First;
            if (first == null || first->Next == null)
            {
                return;
            }

            chain->First = first->Next;
            chain->Last->Next = first;
            first->Next = null;
            chain->Last = first;
        }

        public static void Splice(Chain* chain, Chain* other)
        {
            Link* first = other->First;
            other->First = first->Next;
            Append(chain, first);
        }

        private static void Append(Chain* chain, Link* link)
        {
            link->Next = chain->First;
            chain->First = link;
        }

        public static int Sum(Chain chain)
        {
            var sum = 0;
            for (Link* link = chain.First; link != null; link = link->Next)
            {
                sum += link->Number;
            }

            return sum;
        }

        public static void Clear(Chain* chain)
        {
            while (chain->First != null)
            {
                Shift(chain);
            }
        }
    }

    // the cursor goes round: the nodes stay in the ring
    internal unsafe struct Ring
    {
        public Link* Current;
        public int Length;
    }

    internal static unsafe class Rings
    {
        public static void Add(Ring* ring, int number)
        {
            var link = (Link*)NativeMemory.Alloc((nuint)sizeof(Link));
            link->Number = number;
            if (ring->Current == null)
            {
                link->Next = link;
                ring->Current = link;
            }
            else
            {
                link->Next = ring->Current->Next;
                ring->Current->Next = link;
            }

            ring->Length++;
        }

        public static int Advance(Ring* ring)
        {
            ring->Current = ring->Current->Next;
            return ring->Current->Number;
        }

        public static void RemoveNext(Ring* ring)
        {
            Link* next = ring->Current->Next;
            ring->Current->Next = next->Next;
            NativeMemory.Free(next);
        }
    }

    // nobody frees single nodes: they are part of one block
    internal static unsafe class Pools
    {
        public static Link* Take(Chain* pool)
        {
            Link* first = pool->Spare;
            pool->Spare = first->Next;
            return first;
        }

        public static void Drop(Chain* pool)
        {
            Link* first = pool->Spare;
            pool->Spare = first->Next;
            pool->Length -= first->Number;
        }
    }
}
