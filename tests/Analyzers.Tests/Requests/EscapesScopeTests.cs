using static LifetimeAnalyzers.Tests.Requests.WebSource;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>LIFE010: what points to memory that ends earlier.</summary>
public class EscapesScopeTests
{
    [Fact]
    public Task Static_field_Triggers() => InController("""
        private static nint s_last;

        [HttpGet("/a")]
        public void Get()
        {
            s_last = {|LIFE010:Heap.Emalloc(100)|};
        }
        """);

    [Fact]
    public Task Static_list_Triggers() => InController("""
        private static readonly List<nint> s_blocks = new();

        [HttpGet("/a")]
        public void Get()
        {
            nint block = {|LIFE010:Heap.Emalloc(100)|};
            s_blocks.Add(block);
        }
        """);

    [Fact]
    public Task Memory_in_a_static_property_Triggers() => InController("""
        private static Memory<byte> Last { get; set; }

        [HttpGet("/a")]
        public void Get()
        {
            Last = {|LIFE010:Heap.EmallocMemory<byte>(100)|};
        }
        """);

    [Fact]
    public Task Task_that_is_not_awaited_Triggers() => InController("""
        [HttpGet("/a")]
        public void Get()
        {
            nint block = {|LIFE010:Heap.Emalloc(100)|};
            _ = Task.Run(() => Marshal.WriteByte(block, 1));
        }
        """);

    [Fact]
    public Task Task_that_is_awaited_DoesNotTrigger() => InController("""
        [HttpGet("/a")]
        public async Task Get()
        {
            nint block = Heap.Emalloc(100);
            await Task.Run(() => Marshal.WriteByte(block, 1));
        }
        """);

    [Fact]
    public Task Timer_Triggers() => InController("""
        [HttpGet("/a")]
        public void Get()
        {
            nint block = {|LIFE010:Heap.Emalloc(100)|};
            new Timer(_ => Marshal.WriteByte(block, 1), null, 0, 1000);
        }
        """);

    [Fact]
    public Task Returned_out_of_its_scope_Triggers() => InFile("""
        class C
        {
            public nint Make(int size)
            {
                using var scope = RequestScope.Begin();
                nint block = {|LIFE010:Heap.Emalloc(size)|};
                return block;
            }
        }
        """);

    [Fact]
    public Task Own_field_holds_it_after_its_scope_Triggers() => InFile("""
        class C
        {
            private nint _block;

            public void Make(int size)
            {
                using (RequestScope.Begin())
                {
                    _block = {|LIFE010:Heap.Emalloc(size)|};
                }
            }
        }
        """);

    [Fact]
    public Task Out_parameter_Triggers() => InFile("""
        class C
        {
            public void Make(int size, out nint block)
            {
                using var scope = RequestScope.Begin();
                block = {|LIFE010:scope.Emalloc(size)|};
            }
        }
        """);

    [Fact]
    public Task Used_after_its_scope_is_a_use_after_free() => InFile("""
        class C
        {
            public byte Make(int size)
            {
                nint block;
                using (RequestScope.Begin())
                {
                    block = Heap.Emalloc(size);
                }

                return {|LIFE007:Marshal.ReadByte(block)|};
            }
        }
        """);

    [Fact]
    public Task Promoted_block_DoesNotTrigger() => InFile("""
        class C
        {
            public nint Make(int size)
            {
                using var scope = RequestScope.Begin();
                nint block = scope.Emalloc(size);
                return scope.Promote(block);
            }
        }
        """);

    [Fact]
    public Task Block_of_an_outer_scope_DoesNotTrigger() => InFile("""
        class C
        {
            public nint Make(RequestScope outer, int size)
            {
                using var scope = RequestScope.Begin();
                return outer.Emalloc(size);
            }
        }
        """);

    [Fact]
    public Task Block_of_the_ambient_scope_DoesNotTrigger() => InFile("""
        class C
        {
            public nint Make(int size) => Heap.Emalloc(size);
        }
        """);

    [Fact]
    public Task Number_read_from_the_block_DoesNotTrigger() => InFile("""
        class C
        {
            public int Make(int size)
            {
                using var scope = RequestScope.Begin();
                nint block = Heap.Emalloc(size);
                return Marshal.ReadInt32(block);
            }

            public string Text(int size)
            {
                using var scope = RequestScope.Begin();
                nint block = Heap.Emalloc(size);
                return Marshal.PtrToStringUTF8(block)!;
            }
        }
        """);

    [Fact]
    public Task Controller_field_DoesNotTrigger() => InController("""
        private nint _block;

        [HttpGet("/a")]
        public void Get()
        {
            _block = Heap.Emalloc(100);
        }
        """);

    [Fact]
    public Task Static_field_that_is_cleared_DoesNotTrigger() => InController("""
        [ThreadStatic] private static nint s_current;

        [HttpGet("/a")]
        public void Get()
        {
            s_current = Heap.Emalloc(100);
            Use(s_current);
            s_current = 0;
        }
        """);

    [Fact]
    public Task Address_of_a_variable_Triggers() => InFile("""
        unsafe class C
        {
            public int* M(int value)
            {
                int local = value;
                return {|LIFE010:&local|};
            }

            public int* N(int value) => {|LIFE010:&value|};
        }
        """);

    [Fact]
    public Task Stack_memory_Triggers() => InFile("""
        unsafe class C
        {
            private byte* _first;

            public byte* M()
            {
                byte* p = stackalloc byte[16];
                return {|LIFE010:p|};
            }

            public void N()
            {
                byte* p = stackalloc byte[16];
                _first = {|LIFE010:p|};
            }
        }
        """);

    [Fact]
    public Task Pinned_array_Triggers() => InFile("""
        unsafe class C
        {
            public byte* M()
            {
                byte[] array = new byte[16];
                fixed (byte* p = array)
                {
                    return {|LIFE010:p|};
                }
            }
        }
        """);

    [Fact]
    public Task Addresses_that_stay_valid_DoNotTrigger() => InFile("""
        unsafe class C
        {
            private byte* _p;
            private readonly byte[] _pinned = GC.AllocateArray<byte>(16, pinned: true);

            public byte* Parameter(byte* p) => p + 1;
            public int* Field(ref int x) { fixed (int* p = &x) return p; }
            public byte* Literal() { fixed (byte* p = "abc"u8) return p; }
            public void Pinned() { fixed (byte* p = _pinned) _p = p; }
            public int Number() { int local = 3; int* p = &local; return *p; }
            public int* Heap(int** table) => &(*table)[2];

            public void Restored()
            {
                byte local = 0;
                byte* before = _p;
                _p = &local;
                Read();
                _p = before;
            }

            private void Read() { _p[0] = 1; }
        }
        """);

    [Fact]
    public Task Object_with_an_initializer_that_is_put_into_a_static_collection_Triggers() => InController("""
        private sealed class Entry { public nint Block; }

        private static readonly Dictionary<string, Entry> s_entries = new();

        [HttpGet("/a")]
        public void Get(string key)
        {
            s_entries[key] = new Entry { Block = {|LIFE010:Heap.Emalloc(100)|} };
        }
        """);

    [Fact]
    public Task Process_memory_in_an_object_with_an_initializer_leaves_with_it() => InFile("""
        public class Entry { public nint Block; }

        public class Table
        {
            private readonly Dictionary<string, Entry> _entries = new();

            public void Add(string key) => _entries[key] = new Entry { Block = Marshal.AllocHGlobal(8) };

            public static void Put(int index, Entry[] entries) => entries[index] = new Entry { Block = Marshal.AllocHGlobal(8) };
        }
        """);

    [Fact]
    public Task Static_field_that_a_callee_fills_is_reported_there_and_not_at_the_scope_of_its_callers() => InFile("""
        public static class Cache
        {
            private static nint s_last;

            private static void Keep(int size) => s_last = {|LIFE010:Heap.Emalloc(size)|};

            public static void Fill(int size)
            {
                using var scope = RequestScope.Begin();
                Keep(size);
            }
        }
        """);
}
