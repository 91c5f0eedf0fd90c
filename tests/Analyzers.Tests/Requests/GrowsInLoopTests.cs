using static LifetimeAnalyzers.Tests.Requests.WebSource;

namespace LifetimeAnalyzers.Tests.Requests;

/// <summary>LIFE014: request memory that every iteration takes and keeps.</summary>
public class GrowsInLoopTests
{
    [Fact]
    public Task Loop_in_a_handler_Triggers() => InController("""
        [HttpPost("/a")]
        public int Post(string[] lines)
        {
            int sum = 0;
            foreach (string line in lines)
            {
                nint block = {|LIFE014:Heap.Emalloc(line.Length)|};
                sum += Marshal.ReadByte(block);
            }

            return sum;
        }
        """);

    [Fact]
    public Task Block_that_the_iteration_frees_DoesNotTrigger() => InController("""
        [HttpPost("/a")]
        public int Post(string[] lines)
        {
            int sum = 0;
            foreach (string line in lines)
            {
                nint block = Heap.Emalloc(line.Length);
                sum += Marshal.ReadByte(block);
                Heap.Efree(block);
            }

            return sum;
        }
        """);

    [Fact]
    public Task Scope_in_the_iteration_DoesNotTrigger() => InController("""
        [HttpPost("/a")]
        public int Post(string[] lines)
        {
            int sum = 0;
            foreach (string line in lines)
            {
                using var scope = RequestScope.Begin();
                nint block = Heap.Emalloc(line.Length);
                sum += Marshal.ReadByte(block);
            }

            return sum;
        }
        """);

    [Fact]
    public Task Block_before_the_loop_DoesNotTrigger() => InController("""
        [HttpPost("/a")]
        public int Post(string[] lines)
        {
            nint block = Heap.Emalloc(100);
            int sum = 0;
            foreach (string line in lines)
            {
                sum += Marshal.ReadByte(block) + line.Length;
            }

            return sum;
        }
        """);

    [Fact]
    public Task Library_code_DoesNotTrigger() => InFile("""
        public class C
        {
            public int M(string[] lines)
            {
                int sum = 0;
                foreach (string line in lines)
                {
                    sum += Marshal.ReadByte(Heap.Emalloc(line.Length));
                }

                return sum;
            }
        }
        """);
}
