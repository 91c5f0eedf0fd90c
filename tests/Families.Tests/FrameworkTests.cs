namespace LifetimeAnalyzers.Families.Tests;

/// <summary>What the built-in files say of the framework and of the project's own heap.</summary>
public sealed class FrameworkTests
{
    private const string Usings = "using System; using System.Buffers; using System.IO; using System.Runtime.InteropServices; using System.Runtime.CompilerServices; using System.Text; ";

    private const string Heap = """
        namespace LifetimeAnalyzers
        {
            public static class Heap
            {
                public static nint Pemalloc(long bytes, bool persistent) => 0;
                public static void Pefree(nint block, bool persistent) { }
                public static nint Emalloc(long bytes) => 0;
                public static unsafe T* Malloc<T>(long count) where T : unmanaged => null;
                public static bool TryEmalloc(long bytes, out nint block) { block = 0; return false; }
            }
            public sealed class RequestScope { public nint Emalloc(long bytes) => 0; public nint Promote(nint block) => 0; public void RegisterForDispose(System.IDisposable d) { } }
        }
        """;

    [Theory]
    [InlineData("LifetimeAnalyzers.Heap.Pemalloc(1, true)", "Malloc")]
    [InlineData("LifetimeAnalyzers.Heap.Pemalloc(1, persistent: false)", "Emalloc")]
    [InlineData("LifetimeAnalyzers.Heap.Emalloc(1)", "Emalloc")]
    [InlineData("LifetimeAnalyzers.Heap.Malloc<int>(1)", "Malloc")]
    [InlineData("scope.Emalloc(1)", "Emalloc")]
    public void A_heap_function_gives_a_block(string call, string family)
    {
        var contract = Of(call)!;

        Assert.Equal((BlockPlace.Result, family), (contract.Gives, contract.Family!.Name));
    }

    [Fact]
    public void Pemalloc_without_a_constant_gives_nothing_that_is_known() =>
        Assert.Null(Of("LifetimeAnalyzers.Heap.Pemalloc(1, DateTime.Now.Ticks > 1)")!.Family);

    [Theory]
    [InlineData("true", "Malloc")]
    [InlineData("false", "Emalloc")]
    public void Pefree_releases_by_its_constant(string persistent, string family)
    {
        var contract = Of($"LifetimeAnalyzers.Heap.Pefree(0, {persistent})")!;

        Assert.Equal((Handover.Releases, family), (contract.HandoverOf(0), contract.Family!.Name));
    }

    [Fact]
    public void Promotion_releases_one_family_and_gives_another()
    {
        var contract = Of("scope.Promote(0)")!;

        Assert.Equal(("Malloc", "Emalloc"), (contract.Family!.Name, contract.ReleasedFamily!.Name));
        Assert.Equal((BlockPlace.Result, Handover.Releases), (contract.Gives, contract.HandoverOf(0)));
    }

    [Fact]
    public void What_the_scope_disposes_of_is_taken() => Assert.Equal(Handover.Takes, Of("scope.RegisterForDispose(null!)")!.HandoverOf(0));

    [Theory]
    [InlineData("new Microsoft.Win32.SafeHandles.SafeFileHandle((nint)0, true)", Handover.Takes)]
    [InlineData("new Microsoft.Win32.SafeHandles.SafeFileHandle((nint)0, false)", Handover.Borrows)]
    [InlineData("new MemoryHandle((void*)null, default(GCHandle), null)", Handover.Unknown)]
    [InlineData("new Span<byte>(array)", Handover.Views)]
    [InlineData("new Span<byte>((void*)null, 1)", Handover.Views)]
    [InlineData("new Memory<byte>(array, 0, 1)", Handover.SameBlock)]
    [InlineData("new ArraySegment<byte>(array)", Handover.SameBlock)]
    [InlineData("new MemoryStream(array)", Handover.Views)]
    [InlineData("array.AsSpan(1)", Handover.Views)]
    [InlineData("array.AsMemory()", Handover.SameBlock)]
    [InlineData("GCHandle.FromIntPtr(0)", Handover.SameBlock)]
    [InlineData("GCHandle.ToIntPtr(default)", Handover.SameBlock)]
    [InlineData("MemoryMarshal.AsBytes(new Span<int>())", Handover.Views)]
    [InlineData("Marshal.Copy(array, 0, (nint)0, 1)", Handover.Borrows)]
    [InlineData("Marshal.ReadInt32((nint)0)", Handover.Borrows)]
    [InlineData("Marshal.PtrToStringUTF8((nint)0)", Handover.Borrows)]
    [InlineData("Encoding.UTF8.GetBytes(chars, 0, 1, array, 0)", Handover.Borrows)]
    [InlineData("stream.Read(array, 0, 1)", Handover.Borrows)]
    [InlineData("stream.WriteAsync(array)", Handover.Borrows)]
    [InlineData("((FileStream)stream).Write(array, 0, 1)", Handover.Borrows)]
    [InlineData("Array.Clear(array)", Handover.Borrows)]
    [InlineData("Buffer.MemoryCopy(null, null, 1, 1)", Handover.Borrows)]
    [InlineData("GC.KeepAlive(array)", Handover.Borrows)]
    [InlineData("Unsafe.As<byte[]>(array)", Handover.SameBlock)]
    [InlineData("response.RegisterForDispose(null!)", Handover.Takes)]
    [InlineData("Marshal.FreeHGlobal((nint)0)", Handover.Releases)]
    [InlineData("ArrayPool<byte>.Shared.Return(array, true)", Handover.Releases)]
    public void A_framework_member_treats_its_first_argument(string call, object expected) =>
        Assert.Equal((Handover)expected, Of(call)?.HandoverOf(0));

    [Fact]
    public void The_memory_handle_takes_the_handle() => Assert.Equal(Handover.Takes, Of("new MemoryHandle((void*)null, default(GCHandle), null)")!.HandoverOf(1));

    [Fact]
    public void The_array_behind_a_memory_comes_by_out_parameter()
    {
        var contract = Of("MemoryMarshal.TryGetArray(default(ReadOnlyMemory<byte>), out var segment)")!;

        Assert.Equal((Handover.SameBlock, 1), (contract.HandoverOf(0), contract.ViewParameter));
    }

    [Fact]
    public void Disposing_a_memory_owner_releases_it()
    {
        var contract = Of("owner.Dispose()")!;

        Assert.Equal((Handover.Releases, "MemoryOwner"), (contract.ReceiverHandover, contract.Family!.Name));
    }

    [Theory]
    [InlineData("System.Buffers.Binary.BinaryPrimitives.TryReadInt32LittleEndian(array, out var number)", 1)]
    [InlineData("System.Threading.Interlocked.Add(ref one, 1)", 0)]
    public void What_a_member_writes_to_is_not_borrowed(string call, int parameter) => Assert.Equal(Handover.Unknown, Of(call)!.HandoverOf(parameter));

    [Theory]
    [InlineData("System.Threading.Tasks.Task.FromResult(owner)", 0)]
    [InlineData("Marshal.WriteIntPtr((nint)0, 8, (nint)0)", 2)]
    [InlineData("MemoryMarshal.Write(array, (nint)0)", 1)]
    [InlineData("new Span<nint>().Fill(0)", 0)]
    public void What_is_kept_somewhere_is_not_borrowed(string call, int parameter) => Assert.Contains(Of(call)!.HandoverOf(parameter), new[] { Handover.Takes, Handover.Holds });

    [Theory]
    [InlineData("Math.Abs(1)")]
    [InlineData("new Microsoft.Win32.SafeHandles.SafeFileHandle((nint)0, true)")]
    [InlineData("new Span<byte>(array)")]
    [InlineData("BitConverter.ToInt32(array, 0)")]
    [InlineData("Marshal.WriteInt32((nint)0, 1)")]
    [InlineData("GC.KeepAlive(array)")]
    [InlineData("string.IsNullOrEmpty(\"\")")]
    [InlineData("System.Threading.Volatile.Read(ref array)")]
    [InlineData("array.AsSpan()")]
    public void A_harmless_member_does_not_throw(string call) => Assert.False(Of(call)!.Throws);

    [Fact]
    public void A_library_that_is_loaded_may_fail_to_load()
    {
        var contract = Of("NativeLibrary.Load(\"x\")")!;

        Assert.True(contract.Throws);
        Assert.True(contract.Family!.MayStayUnreleased);
    }

    [Theory]
    [InlineData("System.Collections.Generic.List`1", "Add", true)]
    [InlineData("System.Threading.Channels.ChannelWriter`1", "TryWrite", true)]
    [InlineData("System.Collections.Generic.Dictionary`2", "TryAdd", true)]
    [InlineData("System.Collections.Generic.List`1", "Contains", false)]
    [InlineData("System.Collections.Generic.List`1", "IndexOf", false)]
    [InlineData("System.String", "Format", false)]
    public void A_name_hints_at_a_hand_over(string type, string method, bool expected)
    {
        var compilation = Compile.Source("");

        Assert.Equal(expected, Compile.Members(compilation).MayTakeOver(Compile.Method(compilation, type, method)));
    }

    [Theory]
    [InlineData("thing_free", true)]
    [InlineData("thing_set_buffer", true)]
    [InlineData("releaseAll", true)]
    [InlineData("thing_size", false)]
    [InlineData("Additional", false)]
    [InlineData("AddressOf", false)]
    [InlineData("Settle", false)]
    [InlineData("Use2", true)]
    public void Names_are_read_by_words(string name, bool expected)
    {
        var compilation = Compile.Source($"static class T {{ public static void {name}(nint p) {{ }} }}");

        Assert.Equal(expected, Compile.Members(compilation).MayTakeOver(Compile.Method(compilation, "T", name)));
    }

    private static MemberContract? Of(string call) => Contract.OfCall(Usings + Heap + $$"""
        class Test
        {
            unsafe void Run(int one, byte[] array, char[] chars, Stream stream, IMemoryOwner<byte> owner, LifetimeAnalyzers.RequestScope scope, Microsoft.AspNetCore.Http.HttpResponse response)
            {
                {{(call.StartsWith("new ", StringComparison.Ordinal) && !call.Contains(").", StringComparison.Ordinal) ? "var made = " + call : call)}};
            }
        }
        """);
}
