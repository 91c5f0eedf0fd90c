// weakness: CWE-401 missing release of memory after effective lifetime, CWE-416 use after free
// construct: blocks that go where an address in a variable leads, or into a node that a chain leads to; how far one pointer is from another

using System;
using System.Runtime.InteropServices;

namespace Suite.StoredBehindAddresses
{
    internal unsafe struct Item
    {
        public int Kind;
        public byte* Text;
        public Item* Child;
        public Item* Next;
    }

    internal unsafe struct Entry
    {
        public int Key;
        public void* Value;
        public Entry* Chain;
    }

    internal unsafe struct Entries
    {
        public Entry** Buckets;
        public int Size;
        public delegate*<void*, void> Release;
    }

    internal static unsafe class Items
    {
        public static Item* New(int kind)
        {
            var item = (Item*)NativeMemory.AllocZeroed((nuint)sizeof(Item));
            item->Kind = kind;
            return item;
        }

        public static void Free(Item* item)
        {
            while (item != null)
            {
                var next = item->Next;
                Free(item->Child);
                NativeMemory.Free(item->Text);
                NativeMemory.Free(item);
                item = next;
            }
        }
    }

    internal unsafe ref struct ItemReader
    {
        private readonly ReadOnlySpan<byte> _text;
        private int _at;

        public ItemReader(ReadOnlySpan<byte> text)
        {
            _text = text;
            _at = 0;
        }

        private Item* ReadOne(int depth)
        {
            if (depth > 100)
            {
                return null;
            }

            return _text[_at] == 3 ? ReadMany(depth) : Items.New(1);
        }

        private Item* ReadMany(int depth)
        {
            var list = Items.New(2);
            var tail = &list->Child;
            while (true)
            {
                var item = ReadOne(depth + 1);
                if (item == null)
                {
                    Items.Free(list);
                    return null;
                }

                *tail = item;
                tail = &item->Next;
                var next = _text[_at++];
                if (next == 2)
                {
                    return list;
                }

                if (next != 1)
                {
                    Items.Free(list);
                    return null;
                }
            }
        }

        private Item* OneOfTwo()
        {
            if (_at == 7)
            {
                return Items.New(1);
            }

            var text = Items.New(2);
            text->Kind = 5;
            return text;
        }

        private Item* ReadFlat(int count)
        {
            var list = Items.New(2);
            var tail = &list->Child;
            while (count-- > 0)
            {
                var item = OneOfTwo();
                *tail = item;
                tail = &item->Next;
            }

            return list;
        }

        private Item* SkipsOne(int count) // bad: LIFE004
        {
            var list = Items.New(2);
            var tail = &list->Child;
            while (count-- > 0)
            {
                var item = OneOfTwo();
                if (count == 3)
                {
                    continue;
                }

                *tail = item;
                tail = &item->Next;
            }

            return list;
        }
    }

    internal unsafe struct Writer
    {
        private byte* _start;
        private byte* _at;
        private byte* _end;

        public static Writer Create(int capacity)
        {
            Writer writer;
            writer._start = (byte*)NativeMemory.Alloc((nuint)capacity);
            writer._at = writer._start;
            writer._end = writer._start + capacity;
            return writer;
        }

        public readonly int Count => (int)(_at - _start);

        public readonly byte* At => _at;

        public void Put(byte value)
        {
            if (_at == _end)
            {
                var used = Count;
                var capacity = (int)(_end - _start) * 2;
                _start = (byte*)NativeMemory.Realloc(_start, (nuint)capacity);
                _at = _start + used;
                _end = _start + capacity;
            }

            *_at++ = value;
        }

        public void Free()
        {
            NativeMemory.Free(_start);
            _start = _at = _end = null;
        }
    }

    internal static unsafe class Writers
    {
        public static int CountDigits(long value)
        {
            var writer = Writer.Create(8);
            while (value > 0)
            {
                writer.Put((byte)(value % 10));
                value /= 10;
            }

            var count = writer.Count;
            writer.Free();
            return count;
        }

        public static int Between()
        {
            var start = (byte*)NativeMemory.Alloc(8);
            var end = start + 4;
            var length = (int)(end - start);
            NativeMemory.Free(start);
            return length;
        }

        public static int ReadsAfterwards() // bad: LIFE007
        {
            var start = (byte*)NativeMemory.Alloc(8);
            var end = start + 4;
            NativeMemory.Free(start);
            return *end;
        }
    }

    internal static unsafe class Tables
    {
        [DllImport("libc")]
        private static extern void* malloc(nuint size);

        [DllImport("libc")]
        private static extern void free(void* block);

        private static int Put(Entries* table, int key, void* value)
        {
            var head = &table->Buckets[key % table->Size];
            for (var entry = *head; entry != null; entry = entry->Chain)
            {
                if (entry->Key == key)
                {
                    if (table->Release != null && entry->Value != value && entry->Value != null)
                    {
                        table->Release(entry->Value);
                    }

                    entry->Value = value;
                    return 0;
                }
            }

            var fresh = (Entry*)malloc((nuint)sizeof(Entry));
            if (fresh == null)
            {
                return -1;
            }

            fresh->Key = key;
            fresh->Value = value;
            fresh->Chain = *head;
            *head = fresh;
            return 1;
        }

        public static bool Add(Entries* table, int key, int number)
        {
            var cell = (int*)malloc(sizeof(int));
            if (cell == null)
            {
                return false;
            }

            *cell = number;
            var result = Put(table, key, cell);
            if (result < 0)
            {
                free(cell);
            }

            return result >= 0;
        }

        public static bool AddOrForget(Entries* table, int key, int number) // bad: LIFE004
        {
            var cell = (int*)malloc(sizeof(int));
            if (cell == null)
            {
                return false;
            }

            *cell = number;
            return Put(table, key, cell) >= 0;
        }
    }
}
