using static LifetimeAnalyzers.Tests.Requests.WebSource;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>LIFE010 and LIFE007 for blocks that are handed to work that nobody waits for.</summary>
public class WorkLeftRunningTests
{
    private const string Callees = """
        private static async Task WriteLaterAsync(nint block) { await Task.Delay(10); Marshal.WriteByte(block, 1); }
        private static async Task WriteAtOnceAsync(nint block) { Marshal.WriteByte(block, 1); await Task.Delay(10); }
        private static async void WriteLater(nint block) { await Task.Yield(); Marshal.WriteByte(block, 1); }
        private static Task ForwardAsync(nint block) => WriteLaterAsync(block);
        private static Task OnThePoolAsync(nint block) => Task.Run(() => Marshal.WriteByte(block, 1));
        private static Task Synchronous(nint block) { Marshal.WriteByte(block, 1); return Task.CompletedTask; }
        private static async Task WaitsInside(nint block) { WriteLaterAsync(block).Wait(); await Task.Yield(); }
        private static async Task SendAsync(System.IO.Stream stream, ReadOnlyMemory<byte> memory) { await stream.WriteAsync(memory); }
        private static async Task RoundsAsync(System.IO.Stream stream, Memory<byte> memory) { while (await stream.ReadAsync(new byte[1]) > 0) { memory.Span[0]++; } }

        """;

    [Theory]
    [InlineData("_ = WriteLaterAsync(block);")]
    [InlineData("WriteLaterAsync(block);")]
    [InlineData("WriteLater(block);")]
    [InlineData("var task = WriteLaterAsync(block);")]
    [InlineData("_ = ForwardAsync(block);")]
    [InlineData("_ = OnThePoolAsync(block);")]
    [InlineData("WriteLaterAsync(block).ConfigureAwait(false);")]
    [InlineData("WriteLaterAsync(block).ContinueWith(done => Console.WriteLine());")]
    [InlineData("var inner = block + 4; Task.Run(() => Marshal.WriteByte(inner, 1));")]
    [InlineData("Task.Factory.StartNew(state => Marshal.WriteByte((nint)state!, 1), block);")]
    [InlineData("ThreadPool.QueueUserWorkItem(given => Marshal.WriteByte(given, 1), block, false);")]
    [InlineData("new Thread(() => Marshal.WriteByte(block, 1)).Start();")]
    [InlineData("_ = Work(); async Task Work() { await Task.Delay(5); Marshal.WriteByte(block, 1); }")]
    [InlineData("Func<Task> work = async () => { await Task.Delay(5); Marshal.WriteByte(block, 1); }; _ = work();")]
    public Task Request_memory_in_work_that_goes_on_Triggers(string statement) => InController(Callees + $$"""
        [HttpGet("/a")]
        public void Get()
        {
            nint block = {|LIFE010:Heap.Emalloc(100)|};
            {{statement}}
        }
        """);

    [Theory]
    [InlineData("_ = SendAsync(Response.Body, memory);")]
    [InlineData("_ = SendAsync(Response.Body, memory.Slice(4));")]
    [InlineData("_ = RoundsAsync(Request.Body, memory);")]
    [InlineData("_ = Response.Body.WriteAsync(memory);")]
    public Task View_over_request_memory_in_work_that_goes_on_Triggers(string statement) => InController(Callees + $$"""
        [HttpGet("/a")]
        public void Get()
        {
            Memory<byte> memory = {|LIFE010:Heap.EmallocMemory<byte>(100)|};
            {{statement}}
        }
        """);

    [Theory]
    [InlineData("await WriteLaterAsync(block);")]
    [InlineData("WriteLaterAsync(block).Wait();")]
    [InlineData("WriteLaterAsync(block).GetAwaiter().GetResult();")]
    [InlineData("_ = WriteAtOnceAsync(block);")]
    [InlineData("_ = Synchronous(block);")]
    [InlineData("_ = WaitsInside(block);")]
    [InlineData("var first = WriteLaterAsync(block); var second = WriteLaterAsync(block); await Task.WhenAll(first, second);")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(WriteLaterAsync(block)); await Task.WhenAll(tasks);")]
    [InlineData("await Parallel.ForEachAsync(new[] { 1, 2 }, async (i, token) => { await Task.Delay(i, token); Marshal.WriteByte(block, 1); });")]
    [InlineData("Task task; task = WriteLaterAsync(block); await task;")]
    [InlineData("var thread = new Thread(() => Marshal.WriteByte(block, 1)); thread.Start(); thread.Join();")]
    public Task Request_memory_in_work_that_ends_in_time_DoesNotTrigger(string statement) => InController(Callees + $$"""
        [HttpGet("/a")]
        public async Task Get()
        {
            nint block = Heap.Emalloc(100);
            {{statement}}
            await Task.Yield();
        }
        """);

    [Fact]
    public Task Task_that_is_returned_DoesNotTrigger() => InController(Callees + """
        [HttpGet("/a")]
        public Task Get()
        {
            nint block = Heap.Emalloc(100);
            return WriteLaterAsync(block);
        }
        """);

    [Fact]
    public Task Scope_that_ends_while_work_goes_on_Triggers() => InFile($$"""
        static class Report
        {
            {{Callees}}
            public static void Make()
            {
                using var scope = RequestScope.Begin();
                nint block = {|LIFE010:scope.Emalloc(100)|};
                _ = WriteLaterAsync(block);
            }
        }
        """);

    [Fact]
    public Task Rented_buffer_that_is_returned_while_work_goes_on_Triggers() => InController(Callees + """
        [HttpGet("/a")]
        public void Get()
        {
            byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(100);
            try
            {
                _ = {|LIFE007:SendAsync(Response.Body, buffer.AsMemory(0, 100))|};
            }
            finally
            {
                System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        """);

    [Fact]
    public Task Rented_buffer_that_the_work_returns_DoesNotTrigger() => InController(Callees + """
        [HttpGet("/a")]
        public void Get()
        {
            byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(100);
            _ = Task.Run(async () =>
            {
                try
                {
                    await SendAsync(Response.Body, buffer);
                }
                finally
                {
                    System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
                }
            });
        }

        [HttpGet("/b")]
        public void Then()
        {
            byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(100);
            SendAsync(Response.Body, buffer).ContinueWith(done => System.Buffers.ArrayPool<byte>.Shared.Return(buffer));
        }
        """);

    [Fact]
    public Task Owner_that_is_disposed_while_work_goes_on_Triggers() => InController(Callees + """
        [HttpGet("/a")]
        public void Get()
        {
            using var owner = System.Buffers.MemoryPool<byte>.Shared.Rent(100);
            _ = {|LIFE007:SendAsync(Response.Body, owner.Memory)|};
        }
        """);

    [Fact]
    public Task Wait_that_is_given_up_Triggers() => InController("""
        [HttpGet("/a")]
        public async Task<int> Get(CancellationToken token)
        {
            byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64);
            Task<int> pending = Request.Body.ReadAsync(buffer, 0, 64);
            try
            {
                return {|LIFE007:await pending.WaitAsync(TimeSpan.FromSeconds(1), token)|};
            }
            catch (TimeoutException)
            {
                return -1;
            }
            finally
            {
                System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        """);

    [Fact]
    public Task Wait_that_is_given_up_and_then_awaited_DoesNotTrigger() => InController("""
        [HttpGet("/a")]
        public async Task<int> Get()
        {
            byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64);
            Task<int> pending = Request.Body.ReadAsync(buffer, 0, 64, HttpContext.RequestAborted);
            try
            {
                return await pending.WaitAsync(TimeSpan.FromSeconds(1));
            }
            catch (TimeoutException)
            {
                HttpContext.Abort();
                try
                {
                    await pending;
                }
                catch (OperationCanceledException)
                {
                }

                return -1;
            }
            finally
            {
                System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        [HttpGet("/b")]
        public async Task<int> OnlyAfterSuccess()
        {
            byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64);
            Task<int> pending = Request.Body.ReadAsync(buffer, 0, 64);
            int read = await pending.WaitAsync(TimeSpan.FromSeconds(1));
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            return read;
        }
        """);
}
