namespace LifetimeAnalyzers.Tests;

/// <summary>LIFE005 stays silent where an owner releases the block whatever is thrown, and where nothing can be thrown.</summary>
public class OwnersOnThrowTests
{
    [Theory]
    [InlineData("public Owner(nint block) => _block = block;")]
    [InlineData("public Owner(nint block) { _block = block; }")]
    public Task Base_without_a_constructor_does_not_throw(string constructor) => Verify.AnalyzerAsync($$"""
        using System.Runtime.InteropServices;

        abstract class Base { }

        sealed class Owner : Base
        {
            private readonly nint _block;

            {{constructor}}

            public void Free() => Marshal.FreeHGlobal(_block);
        }

        class C
        {
            public static Owner M()
            {
                nint block = Marshal.AllocHGlobal(8);
                return new Owner(block);
            }
        }
        """);

    [Theory]
    [InlineData("System.Buffers.MemoryManager<byte>", "protected override void Dispose(bool disposing) { } public override System.Span<byte> GetSpan() => default; public override System.Buffers.MemoryHandle Pin(int index = 0) => default; public override void Unpin() { }")]
    [InlineData("System.MarshalByRefObject", "")]
    public Task Abstract_base_of_the_library_does_not_throw(string library, string members) => Verify.AnalyzerAsync($$"""
        using System.Runtime.InteropServices;

        class Base : {{library}} { {{members}} }

        sealed class Owner : Base
        {
            private readonly nint _block;

            public Owner(nint block) => _block = block;

            public void Free() => Marshal.FreeHGlobal(_block);
        }

        class C
        {
            public static Owner M()
            {
                nint block = Marshal.AllocHGlobal(8);
                return new Owner(block);
            }
        }
        """);

    [Fact]
    public Task Base_with_an_initializer_may_throw() => Verify.AnalyzerAsync("""
        using System.Runtime.InteropServices;

        abstract class Base { private readonly string _text = System.IO.File.ReadAllText("text"); }

        sealed class Owner : Base
        {
            private readonly nint _block;

            public Owner(nint block) => _block = block;

            public void Free() => Marshal.FreeHGlobal(_block);
        }

        class C
        {
            public static Owner M()
            {
                nint block = {|LIFE005:Marshal.AllocHGlobal(8)|};
                return new Owner(block);
            }
        }
        """);

    [Theory]
    [InlineData("~Guard() => Marshal.FreeHGlobal(_block);", "Marshal.AllocHGlobal(8)")]
    [InlineData("public void Free() => Marshal.FreeHGlobal(_block);", "{|LIFE005:Marshal.AllocHGlobal(8)|}")]
    public Task Callee_that_throws_has_left_the_block_to_a_finalizer(string release, string allocation) => Verify.AnalyzerAsync($$"""
        using System.IO;
        using System.Runtime.InteropServices;

        sealed class Guard
        {
            private readonly nint _block;

            public Guard(nint block) => _block = block;

            {{release}}
        }

        class C
        {
            private static Guard Keep(nint block)
            {
                var guard = new Guard(block);
                if (File.Exists("locked"))
                {
                    throw new IOException();
                }

                return guard;
            }

            public static Guard M()
            {
                nint block = {{allocation}};
                return Keep(block);
            }
        }
        """);

    [Theory]
    [InlineData("using var source = new Source(); return Other();")]
    [InlineData("var source = new Source(); try { return Other(); } finally { source.Dispose(); }")]
    public Task Dispose_of_the_library_calls_that_of_the_object(string body) => Verify.AnalyzerAsync($$"""
        using System.IO;
        using System.Runtime.InteropServices;

        sealed class Source : MemoryStream
        {
            private readonly nint _block = Marshal.AllocHGlobal(8);

            protected override void Dispose(bool disposing) => Marshal.FreeHGlobal(_block);
        }

        class C
        {
            private static int Other() => File.ReadAllText("text").Length;

            public static int M()
            {
                {{body}}
            }
        }
        """);
}
