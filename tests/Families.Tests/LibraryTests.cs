namespace LifetimeAnalyzers.Families.Tests;

/// <summary>Popular libraries, by stand-ins that have their names and signatures.</summary>
public sealed class LibraryTests
{
    private const string Libraries = """
        namespace Microsoft.IO
        {
            public class RecyclableMemoryStream : System.IO.MemoryStream { }
            public class RecyclableMemoryStreamManager { public RecyclableMemoryStream GetStream(string tag) => null!; }
        }
        namespace CommunityToolkit.HighPerformance.Buffers
        {
            public sealed class MemoryOwner<T> : System.Buffers.IMemoryOwner<T>
            {
                public static MemoryOwner<T> Allocate(int size) => null!;
                public System.Memory<T> Memory => default;
                public MemoryOwner<T> Slice(int start, int length) => null!;
                public void Dispose() { }
            }
            public readonly ref struct SpanOwner<T> { public static SpanOwner<T> Allocate(int size) => default; public void Dispose() { } }
        }
        namespace Nerdbank.Streams { public class Sequence<T> : System.IDisposable { public void Dispose() { } } }
        namespace Mono.Unix { public static class UnixMarshal { public static nint AllocHeap(long size) => 0; public static nint ReAllocHeap(nint ptr, long size) => 0; public static void FreeHeap(nint ptr) { } } }
        """;

    [Theory]
    [InlineData("new Microsoft.IO.RecyclableMemoryStreamManager().GetStream(\"\")", "Microsoft.IO.RecyclableMemoryStreamManager")]
    [InlineData("CommunityToolkit.HighPerformance.Buffers.MemoryOwner<int>.Allocate(1)", "MemoryOwner<T>")]
    [InlineData("CommunityToolkit.HighPerformance.Buffers.SpanOwner<int>.Allocate(1)", "SpanOwner<T>")]
    public void What_a_library_rents_is_disposed_of(string call, string family)
    {
        var contract = Of(call)!;

        Assert.Equal((BlockPlace.Result, family, true), (contract.Gives, contract.Family!.Name, contract.Family.ReleasedByDispose));
    }

    [Fact]
    public void A_construction_can_give_a_block()
    {
        var contract = Of("new Nerdbank.Streams.Sequence<int>()")!;

        Assert.Equal((BlockPlace.Receiver, true), (contract.Gives, contract.Family!.ReleasedByDispose));
    }

    [Theory]
    [InlineData("((CommunityToolkit.HighPerformance.Buffers.MemoryOwner<int>)null!).Dispose()", "MemoryOwner<T>")]
    [InlineData("((Microsoft.IO.RecyclableMemoryStream)null!).Dispose()", "Microsoft.IO.RecyclableMemoryStreamManager")]
    public void Disposing_releases_it(string call, string family)
    {
        var contract = Of(call)!;

        Assert.Equal((Handover.Releases, family), (contract.ReceiverHandover, contract.Family!.Name));
    }

    [Fact]
    public void A_slice_takes_its_owner_over() =>
        Assert.Equal(Handover.Takes, Of("((CommunityToolkit.HighPerformance.Buffers.MemoryOwner<int>)null!).Slice(0, 1)")!.ReceiverHandover);

    [Fact]
    public void A_reallocation_may_follow_a_pair()
    {
        var contract = Of("Mono.Unix.UnixMarshal.ReAllocHeap(0, 1)")!;

        Assert.Equal((Handover.Reallocates, "UnixMarshal.FreeHeap"), (contract.HandoverOf(0), contract.Family!.ReleaseText));
    }

    [Fact]
    public void The_names_of_a_library_are_interesting_only_where_it_is_used()
    {
        Assert.DoesNotContain("GetStream", Compile.Members(Compile.Source("")).InterestingNames);
        Assert.Contains("GetStream", Compile.Members(Compile.Source(Libraries)).InterestingNames);
    }

    [Fact]
    public void Many_threads_get_the_same_answers()
    {
        var compilation = Compile.Source(Libraries);
        var members = Compile.Members(compilation);
        var marshal = compilation.GetTypeByMetadataName("System.Runtime.InteropServices.Marshal")!.GetMembers().OfType<Microsoft.CodeAnalysis.IMethodSymbol>().ToArray();
        var expected = marshal.Select(method => Compile.Members(compilation).ContractOf(method)?.Family).ToArray();

        Parallel.For(0, 32, _ => Assert.Equal(expected, marshal.Select(method => members.ContractOf(method)?.Family)));
    }

    private static MemberContract? Of(string call) => Contract.OfCall(Libraries + $$"""class Test { void Run() { var made = {{call}}; } }""".Replace(call.EndsWith(".Dispose()", StringComparison.Ordinal) ? "var made = " : "\0", ""));
}
