using static LifetimeAnalyzers.Tests.Requests.WebSource;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>LIFE001: what a request takes for the life of the process and nobody gives back.</summary>
public class OutlivesRequestTests
{
    [Fact]
    public Task Block_that_no_path_frees_Triggers() => InController("""
        [HttpGet("/a")]
        public string Get()
        {
            void* block = {|LIFE001:NativeMemory.Alloc(2 * 1024 * 1024)|};
            return ((byte*)block)[0].ToString();
        }
        """);

    [Fact]
    public Task Block_of_hglobal_Triggers() => InController("""
        [HttpGet("/a")]
        public string Get()
        {
            nint block = {|LIFE001:Marshal.AllocHGlobal(100)|};
            return block.ToString();
        }
        """);

    [Fact]
    public Task Result_that_is_not_kept_Triggers() => InController("""
        [HttpGet("/a")]
        public void Get() => {|LIFE001:Heap.Malloc(100)|};
        """);

    [Fact]
    public Task Minimal_api_Triggers() => InFile("""
        var app = WebApplication.Create(args);
        app.MapGet("/malloc", (int seed) =>
        {
            nint block = {|LIFE001:Heap.Malloc(2 * 1024 * 1024)|};
            return Fill(block, seed);
        });
        app.Run();

        static unsafe string Fill(nint block, int seed)
        {
            new Span<byte>((void*)block, 2 * 1024 * 1024).Fill((byte)seed);
            return "done";
        }
        """);

    [Fact]
    public Task Static_field_that_every_request_fills_Triggers() => InController("""
        private static nint s_last;

        [HttpGet("/a")]
        public void Get()
        {
            s_last = {|LIFE001:Marshal.AllocHGlobal(100)|};
        }
        """);

    [Fact]
    public Task Static_list_that_every_request_adds_to_Triggers() => InController("""
        private static readonly List<nint> s_blocks = new();

        [HttpGet("/a")]
        public void Get()
        {
            nint block = {|LIFE001:Marshal.AllocHGlobal(100)|};
            s_blocks.Add(block);
        }
        """);

    [Fact]
    public Task Static_dictionary_that_every_request_writes_to_Triggers() => InController("""
        private static readonly ConcurrentDictionary<string, nint> s_blocks = new();

        [HttpGet("/a")]
        public void Get(string key)
        {
            nint block = {|LIFE001:Marshal.AllocHGlobal(100)|};
            s_blocks[key] = block;
        }
        """);

    [Fact]
    public Task Field_of_a_registered_singleton_Triggers() => InFile("""
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddSingleton<Counter>();
        }

        public class Counter
        {
            public nint Last;
        }

        [ApiController]
        public class FilesController(Counter counter) : ControllerBase
        {
            [HttpGet("/a")]
            public void Get()
            {
                counter.Last = {|LIFE001:Marshal.AllocHGlobal(100)|};
            }
        }
        """);

    [Fact]
    public Task Block_that_an_unawaited_task_only_reads_Triggers() => InController("""
        [HttpGet("/a")]
        public void Get()
        {
            nint block = {|LIFE001:Marshal.AllocHGlobal(100)|};
            _ = Task.Run(() => Console.WriteLine(Marshal.ReadByte(block)));
        }
        """);

    [Fact]
    public Task Block_that_the_unawaited_task_frees_DoesNotTrigger() => InController("""
        [HttpGet("/a")]
        public void Get()
        {
            nint block = Marshal.AllocHGlobal(100);
            _ = Task.Run(() =>
            {
                Console.WriteLine(Marshal.ReadByte(block));
                Marshal.FreeHGlobal(block);
            });
        }
        """);

    [Fact]
    public Task Static_field_that_is_filled_once_DoesNotTrigger() => InController("""
        private static nint s_table;

        [HttpGet("/a")]
        public byte Get()
        {
            if (s_table == 0)
            {
                s_table = Marshal.AllocHGlobal(100);
            }

            return Marshal.ReadByte(s_table);
        }
        """);

    [Fact]
    public Task Static_field_whose_block_is_freed_before_DoesNotTrigger() => InController("""
        private static nint s_last;

        [HttpGet("/a")]
        public void Get()
        {
            Marshal.FreeHGlobal(s_last);
            s_last = Marshal.AllocHGlobal(100);
        }
        """);

    [Fact]
    public Task Static_pool_that_blocks_are_taken_out_of_DoesNotTrigger() => InController("""
        private static readonly ConcurrentBag<nint> s_pool = new();

        [HttpGet("/a")]
        public void Get()
        {
            if (!s_pool.TryTake(out nint block))
            {
                block = Marshal.AllocHGlobal(100);
            }

            s_pool.Add(block);
        }
        """);

    [Fact]
    public Task Cache_that_is_looked_at_first_DoesNotTrigger() => InController("""
        private static readonly Dictionary<string, nint> s_cache = new();

        [HttpGet("/a")]
        public byte Get(string key)
        {
            if (!s_cache.TryGetValue(key, out nint block))
            {
                block = Marshal.AllocHGlobal(100);
                s_cache[key] = block;
            }

            return Marshal.ReadByte(block);
        }
        """);

    [Fact]
    public Task Start_up_code_DoesNotTrigger() => InFile("""
        var app = WebApplication.Create(args);
        nint table = Marshal.AllocHGlobal(100);
        app.MapGet("/", () => Marshal.ReadByte(table));
        app.Run();
        """);

    [Fact]
    public Task Disposable_that_the_response_disposes_of_DoesNotTrigger() => InFile("""
        public sealed class Native : IDisposable
        {
            private nint _block = Marshal.AllocHGlobal(100);
            public byte First => Marshal.ReadByte(_block);
            public void Dispose() => Marshal.FreeHGlobal(Interlocked.Exchange(ref _block, 0));
        }

        [ApiController]
        public class FilesController : ControllerBase
        {
            [HttpGet("/a")]
            public byte Get()
            {
                var native = new Native();
                Response.RegisterForDispose(native);
                return native.First;
            }
        }
        """);
}
