// weakness: CWE-401
// construct: members of native structures that get a new block

using System.Runtime.InteropServices;

namespace LifetimeAnalyzers.Suite.CSharp
{
    /// <summary>A name in a chain; whoever makes it fills both texts.</summary>
    public unsafe struct OverwrittenEntry
    {
        public byte* Key;
        public byte* Note;
        public int Length;
        public OverwrittenEntry* Next;
    }

    /// <summary>A text that grows, and views of it that go on.</summary>
    public unsafe struct OverwrittenText
    {
        public byte* Data;
        public byte* Spare;
        public int Length;
        public int Room;
    }

    /// <summary>A slot of a table, which is empty at first and after it has been given up.</summary>
    public unsafe struct OverwrittenSlot
    {
        public byte* Name;
        public int Number;
    }

    /// <summary>Its text is its own, or lent.</summary>
    public unsafe struct OverwrittenLent
    {
        public byte* Data;
        public int Length;
        public bool Owns;
    }

    /// <summary>A small text lies in the structure itself.</summary>
    public unsafe struct OverwrittenSmall
    {
        public byte* Data;
        public int Length;
        public fixed byte Inline[16];
    }

    public static unsafe class OverwrittenMembers
    {
        private static OverwrittenEntry* s_first;

        private static byte* Copy(byte* text, int length)
        {
            var copy = (byte*)NativeMemory.Alloc((nuint)length + 1);
            for (var i = 0; i < length; i++)
            {
                copy[i] = text[i];
            }

            copy[length] = 0;
            return copy;
        }

        private static bool IsSame(byte* one, byte* other)
        {
            while (*one != 0 && *one == *other)
            {
                one++;
                other++;
            }

            return *one == *other;
        }

        public static void GoodAdd(byte* key, int length)
        {
            var entry = (OverwrittenEntry*)NativeMemory.Alloc((nuint)sizeof(OverwrittenEntry));
            entry->Key = Copy(key, length);
            entry->Note = Copy(key, length);
            entry->Length = length;
            entry->Next = s_first;
            s_first = entry;
        }

        private static OverwrittenEntry* Find(byte* key)
        {
            var entry = s_first;
            while (entry != null && !IsSame(entry->Key, key))
            {
                entry = entry->Next;
            }

            return entry;
        }

        public static void GoodDelete(byte* key)
        {
            var link = s_first;
            OverwrittenEntry* last = null;
            while (link != null && !IsSame(link->Key, key))
            {
                last = link;
                link = link->Next;
            }

            if (link == null)
            {
                return;
            }

            if (last == null)
            {
                s_first = link->Next;
            }
            else
            {
                last->Next = link->Next;
            }

            NativeMemory.Free(link->Key);
            NativeMemory.Free(link->Note);
            NativeMemory.Free(link);
        }

        public static void BadSpelling(byte* key, byte* spelling, int length) // bad: LIFE013
        {
            var entry = s_first;
            while (entry != null && !IsSame(entry->Key, key))
            {
                entry = entry->Next;
            }

            if (entry != null)
            {
                entry->Key = Copy(spelling, length);
                entry->Length = length;
            }
        }

        public static bool BadNote(byte* key, byte* note, int length) // bad: LIFE013
        {
            var entry = Find(key);
            if (entry == null)
            {
                return false;
            }

            entry->Note = Copy(note, length);
            return true;
        }

        public static bool GoodNote(byte* key, byte* note, int length)
        {
            var entry = Find(key);
            if (entry == null)
            {
                return false;
            }

            var copy = Copy(note, length);
            NativeMemory.Free(entry->Note);
            entry->Note = copy;
            return true;
        }

        public static byte* GoodNoteAgainstAnother(byte* key, byte* note, int length)
        {
            var entry = Find(key);
            if (entry == null)
            {
                return null;
            }

            var former = entry->Note;
            entry->Note = Copy(note, length);
            return former;
        }

        public static void GoodTurnRound(byte* key)
        {
            var entry = Find(key);
            if (entry == null)
            {
                return;
            }

            var former = entry->Key;
            entry->Key = entry->Note;
            entry->Note = former;
        }

        public static void GoodTextInit(OverwrittenText* text, int room)
        {
            text->Data = (byte*)NativeMemory.Alloc((nuint)room);
            text->Spare = null;
            text->Length = 0;
            text->Room = room;
        }

        public static void GoodTextEnd(OverwrittenText* text)
        {
            NativeMemory.Free(text->Data);
            NativeMemory.Free(text->Spare);
            *text = default;
        }

        public static void BadEnlarge(OverwrittenText* text, int room) // bad: LIFE013
        {
            if (room <= text->Room)
            {
                return;
            }

            var fresh = (byte*)NativeMemory.Alloc((nuint)room);
            for (var i = 0; i < text->Length; i++)
            {
                fresh[i] = text->Data[i];
            }

            text->Data = fresh;
            text->Room = room;
        }

        public static void BadEnlargeByReference(ref OverwrittenText text, int room) // bad: LIFE013
        {
            var fresh = (byte*)NativeMemory.Alloc((nuint)room);
            for (var i = 0; i < text.Length; i++)
            {
                fresh[i] = text.Data[i];
            }

            text.Data = fresh;
            text.Room = room;
        }

        public static void GoodEnlarge(OverwrittenText* text, int room)
        {
            var fresh = (byte*)NativeMemory.Alloc((nuint)room);
            for (var i = 0; i < text->Length; i++)
            {
                fresh[i] = text->Data[i];
            }

            var old = text->Data;
            text->Data = fresh;
            text->Room = room;
            NativeMemory.Free(old);
        }

        public static void GoodKeepSpare(OverwrittenText* text, int room)
        {
            NativeMemory.Free(text->Spare);
            text->Spare = text->Data;
            text->Data = (byte*)NativeMemory.Alloc((nuint)room);
            text->Length = 0;
            text->Room = room;
        }

        public static int GoodView(OverwrittenText text)
        {
            var sum = 0;
            for (var view = text; view.Length > 0; view.Length--)
            {
                sum += *view.Data;
                view.Data++;
            }

            return sum;
        }

        private static void Reset(OverwrittenText* text)
        {
            NativeMemory.Free(text->Data);
            text->Data = null;
            text->Length = 0;
        }

        public static void GoodAfterReset(OverwrittenText* text, int room)
        {
            var first = text->Data[0];
            Reset(text);
            text->Data = (byte*)NativeMemory.Alloc((nuint)room);
            text->Data[0] = first;
            text->Room = room;
        }

        private static void Refill(OverwrittenText* text, int room)
        {
            if (text->Length > room)
            {
                return;
            }

            text->Data = (byte*)NativeMemory.Alloc((nuint)room);
            text->Room = room;
        }

        public static void GoodRefill(OverwrittenText* text, int room)
        {
            Reset(text);
            Refill(text, room);
        }

        public static void GoodClaim(OverwrittenSlot* slots, int count, byte* name, int length)
        {
            for (var i = 0; i < count; i++)
            {
                var slot = &slots[i];
                if (slot->Number == 0)
                {
                    slot->Name = Copy(name, length);
                    slot->Number = i + 1;
                    return;
                }
            }
        }

        public static void GoodGiveUp(OverwrittenSlot* slots, int count, int number)
        {
            for (var i = 0; i < count; i++)
            {
                var slot = &slots[i];
                if (slot->Number == number)
                {
                    NativeMemory.Free(slot->Name);
                    slot->Name = null;
                    slot->Number = 0;
                }
            }
        }

        public static void GoodOwnCopy(OverwrittenLent* text)
        {
            if (text->Owns)
            {
                return;
            }

            var copy = (byte*)NativeMemory.Alloc((nuint)text->Length);
            for (var i = 0; i < text->Length; i++)
            {
                copy[i] = text->Data[i];
            }

            text->Data = copy;
            text->Owns = true;
        }

        public static void GoodLentEnd(OverwrittenLent* text)
        {
            if (text->Owns)
            {
                NativeMemory.Free(text->Data);
            }

            text->Data = null;
        }

        public static void GoodGrowSmall(OverwrittenSmall* text, int room)
        {
            var fresh = (byte*)NativeMemory.Alloc((nuint)room);
            for (var i = 0; i < text->Length; i++)
            {
                fresh[i] = text->Data[i];
            }

            if (text->Data != text->Inline)
            {
                NativeMemory.Free(text->Data);
            }

            text->Data = fresh;
        }

        public static void GoodLeaveSmall(OverwrittenSmall* text, int room)
        {
            if (text->Length > 16)
            {
                return;
            }

            // what is short lies in the structure itself
            var fresh = (byte*)NativeMemory.Alloc((nuint)room);
            for (var i = 0; i < text->Length; i++)
            {
                fresh[i] = text->Data[i];
            }

            text->Data = fresh;
        }

        public static void GoodStartSmall(OverwrittenSmall* text)
        {
            text->Data = text->Inline;
            text->Length = 0;
        }

        public static void GoodEndSmall(OverwrittenSmall* text)
        {
            if (text->Data != text->Inline)
            {
                NativeMemory.Free(text->Data);
            }
        }
    }

    /// <summary>A history: what the node held is kept in the table of former ones by whoever calls.</summary>
    public unsafe struct OverwrittenVersion
    {
        public byte* Body;
        public int Length;
    }

    public sealed unsafe class OverwrittenHistory : System.IDisposable
    {
        private readonly System.Collections.Generic.List<nint> _former = new System.Collections.Generic.List<nint>();
        private OverwrittenVersion* _now;

        public OverwrittenHistory(int length)
        {
            _now = (OverwrittenVersion*)NativeMemory.Alloc((nuint)sizeof(OverwrittenVersion));
            _now->Body = (byte*)NativeMemory.AllocZeroed((nuint)length);
            _now->Length = length;
        }

        private void Remember(OverwrittenVersion* version) => _former.Add((nint)version->Body);

        public void GoodNext()
        {
            var now = _now;
            var next = (byte*)NativeMemory.Alloc((nuint)now->Length);
            for (var i = 0; i < now->Length; i++)
            {
                next[i] = now->Body[i];
            }

            Remember(now);
            now->Body = next;
        }

        public void Dispose()
        {
            foreach (var body in _former)
            {
                NativeMemory.Free((void*)body);
            }

            _former.Clear();
            if (_now != null)
            {
                NativeMemory.Free(_now->Body);
                NativeMemory.Free(_now);
                _now = null;
            }
        }
    }
}
