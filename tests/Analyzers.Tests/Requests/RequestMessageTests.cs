using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using static LifetimeAnalyzers.Tests.Requests.WebSource;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>What the request rules say, and what they point at.</summary>
public class RequestMessageTests
{
    [Fact]
    public Task Growth_is_named_when_the_size_is_a_constant() => InController("""
        [HttpGet("/a")]
        public string Get()
        {
            nint block = {|#0:Marshal.AllocHGlobal(3 * 1024)|};
            return block.ToString();
        }
        """,
        new DiagnosticResult("LIFE001", DiagnosticSeverity.Warning).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithMessage(
            "'block' (Marshal.AllocHGlobal) is allocated for the life of the process in the controller action 'Get' and is never freed, so the process grows by 3 KiB a request; take it from the request with Heap.Emalloc, or call Marshal.FreeHGlobal"));

    [Fact]
    public Task Static_field_is_named_and_the_value_that_is_stored_is_shown() => InController("""
        private static nint s_last;

        [HttpGet("/a")]
        public void Get(int size)
        {
            nint block = {|#0:Heap.Emalloc(size)|};
            s_last = {|#1:block|};
        }
        """,
        new DiagnosticResult("LIFE010", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(0).WithLocation(1).WithMessage(
            "'block' (Heap.Emalloc) is stored in the static field 's_last', which outlives the request; take what outlives the request with Heap.Malloc, or let a copy leave"));

    [Fact]
    public Task Scope_is_named() => InController("""
        [HttpGet("/a")]
        public void Get()
        {
            var scope = {|#0:RequestScope.Begin()|};
        }
        """,
        new DiagnosticResult("LIFE012", DiagnosticSeverity.Warning).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithMessage(
            "The request scope 'scope' is begun and never ended; end it with 'using' or 'await using'"));

    [Fact]
    public Task Persistent_loop_is_named_with_the_last_use() => InFile("""
        class Worker(Channel<int> queue) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                {|#2:await foreach (int message in queue.Reader.ReadAllAsync(stoppingToken))
                {
                    nint block = {|#0:Heap.Emalloc(100)|};
                    {|#1:Marshal.WriteInt32(block, message)|};
                }|}
            }
        }
        """,
        new DiagnosticResult("LIFE002", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(0).WithLocation(1).WithLocation(2).WithMessage(
            "'block' (Heap.Emalloc) waits for the end of a request that does not come in the channel loop on line 18; begin a RequestScope in each iteration, or call Heap.Efree"));

    [Fact]
    public Task Registration_on_a_long_lived_connection_is_shown() => InController("""
        [HttpGet("/events")]
        public async Task Events(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                var owner = {|#0:System.Buffers.MemoryPool<byte>.Shared.Rent(64)|};
                {|#1:Response.RegisterForDispose(owner)|};
                await Response.Body.WriteAsync(owner.Memory, token);
            }
        }
        """,
        new DiagnosticResult("LIFE002", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(0).WithLocation(1).WithMessage(
            "'owner' (MemoryPool.Rent) waits for the end of a request that does not come in the loop until cancellation on line 20; release it in the iteration instead of handing it to RegisterForDispose"));

    [Fact]
    public Task Work_that_nobody_waits_for_is_named_and_shown() => InController("""
        [HttpGet("/a")]
        public void Get()
        {
            nint block = {|#0:Heap.Emalloc(100)|};
            _ = {|#1:WriteAsync(block)|};
        }

        private static async Task WriteAsync(nint block)
        {
            await Task.Delay(1);
            Marshal.WriteByte(block, 1);
        }
        """,
        new DiagnosticResult("LIFE010", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(0).WithLocation(1).WithMessage(
            "'block' (Heap.Emalloc) is used by 'FilesController.WriteAsync', which nobody waits for, and so possibly after the request; take what outlives the request with Heap.Malloc, or let a copy leave"));

    [Fact]
    public Task Release_under_running_work_is_told_at_the_work() => InController("""
        [HttpGet("/a")]
        public void Get()
        {
            byte[] buffer = {|#1:System.Buffers.ArrayPool<byte>.Shared.Rent(100)|};
            _ = {|#0:Response.Body.WriteAsync(buffer, 0, 100)|};
            {|#2:System.Buffers.ArrayPool<byte>.Shared.Return(buffer)|};
        }
        """,
        new DiagnosticResult("LIFE007", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1).WithLocation(2).WithLocation(0).WithMessage(
            "'buffer' is still used by 'Stream.WriteAsync', which nobody waits for, after ArrayPool.Return on line 22"));

    [Fact]
    public Task Start_up_code_is_named() => InFile("""
        static class Tables
        {
            public static readonly nint Squares = {|#0:Heap.Emalloc(100)|};
        }
        """,
        new DiagnosticResult("LIFE011", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(0).WithMessage(
            "Heap.Emalloc needs a request scope, and none can be open in the static initialization of 'Tables'; begin a RequestScope here, or take memory for the life of the process with Heap.Malloc"));

    [Fact]
    public Task Loop_that_takes_request_memory_is_named() => InController("""
        [HttpGet("/a")]
        public void Get(int[] sizes)
        {
            foreach (int size in {|#2:sizes|})
            {
                nint block = {|#0:Heap.Emalloc(size)|};
                {|#1:Marshal.WriteByte(block, 1)|};
            }
        }
        """,
        new DiagnosticResult("LIFE014", DiagnosticSeverity.Info).WithLocation(0).WithLocation(0).WithLocation(1).WithLocation(2).WithMessage(
            "'block' (Heap.Emalloc) is taken in every iteration of the loop on line 20 and kept until the request ends; free it in the iteration, or open a nested scope"));

    [Fact]
    public Task Paired_process_memory_is_shown_with_its_release() => InController("""
        [HttpGet("/a")]
        public int Get()
        {
            nint block = {|#0:Marshal.AllocHGlobal(16)|};
            try
            {
                return Marshal.ReadInt32(block);
            }
            finally
            {
                {|#1:Marshal.FreeHGlobal(block)|};
            }
        }
        """,
        new DiagnosticResult("LIFE015", DiagnosticSeverity.Info).WithLocation(0).WithLocation(0).WithLocation(1).WithMessage(
            "'block' (Marshal.AllocHGlobal) lives within one request in the controller action 'Get'; Heap.Emalloc is released with the request whatever happens"));

    [Fact]
    public Task Kept_process_memory_names_what_keeps_it() => InController("""
        private static nint s_last;

        [HttpGet("/a")]
        public void Get()
        {
            s_last = {|#0:Marshal.AllocHGlobal(1 << 20)|};
        }
        """,
        new DiagnosticResult("LIFE001", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(0).WithLocation(0).WithMessage(
            "'s_last' (Marshal.AllocHGlobal) is allocated for the life of the process in the controller action 'Get' and is kept in the static field 's_last' by every request, so the process grows by 1 MiB a request; call Marshal.FreeHGlobal when the request ends, or keep one block for all requests"));

    [Fact]
    public Task Scope_that_is_missed_on_a_path_shows_the_branch() => InController("""
        [HttpGet("/a")]
        public void Get(bool flag)
        {
            var scope = {|#0:RequestScope.Begin()|};
            if (flag)
            {
                return;
            }

            {|#1:scope.Dispose()|};
        }
        """,
        new DiagnosticResult("LIFE012", DiagnosticSeverity.Warning).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithMessage(
            "The request scope 'scope' is not ended when 'flag' on line 21 is true; end it with 'using' or 'await using'"));
}
