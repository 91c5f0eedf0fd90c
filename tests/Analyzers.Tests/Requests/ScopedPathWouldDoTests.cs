using static LifetimeAnalyzers.Tests.Requests.WebSource;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>LIFE015: memory for the life of the process that ends with the request anyway.</summary>
public class ScopedPathWouldDoTests
{
    [Fact]
    public Task Paired_native_memory_Triggers() => InController("""
        [HttpGet("/a")]
        public string Get()
        {
            void* block = {|LIFE015:NativeMemory.Alloc(100)|};
            try
            {
                return ((byte*)block)[0].ToString();
            }
            finally
            {
                NativeMemory.Free(block);
            }
        }
        """);

    [Fact]
    public Task Paired_malloc_Triggers() => InController("""
        [HttpGet("/a")]
        public byte Get()
        {
            nint block = {|LIFE015:Heap.Malloc(100)|};
            byte first = *(byte*)block;
            Heap.Free(block);
            return first;
        }
        """);

    [Fact]
    public Task Block_of_a_helper_DoesNotTrigger() => InController("""
        [HttpGet("/a")]
        public byte Get()
        {
            nint block = Create();
            byte first = *(byte*)block;
            Heap.Free(block);
            return first;
        }

        private static nint Create() => Heap.Malloc(100);
        """);

    [Fact]
    public Task Memory_that_is_aligned_to_a_page_DoesNotTrigger() => InController("""
        [HttpGet("/a")]
        public byte Get()
        {
            void* block = NativeMemory.AlignedAlloc(100, 4096);
            byte first = *(byte*)block;
            NativeMemory.AlignedFree(block);
            return first;
        }
        """);

    [Fact]
    public Task Handle_DoesNotTrigger() => InController("""
        [HttpGet("/a")]
        public void Get()
        {
            var handle = GCHandle.Alloc(this);
            handle.Free();
        }
        """);

    [Fact]
    public Task Request_memory_DoesNotTrigger() => InController("""
        [HttpGet("/a")]
        public void Get()
        {
            nint block = Heap.Emalloc(100);
            Heap.Efree(block);
        }
        """);

    [Fact]
    public Task Library_code_DoesNotTrigger() => InFile("""
        public class C
        {
            public byte M()
            {
                nint block = Heap.Malloc(100);
                byte first = Marshal.ReadByte(block);
                Heap.Free(block);
                return first;
            }
        }
        """);
}
