namespace LifetimeAnalyzers.Tests;

/// <summary>Messages say which path: the branch taken, the call that throws, the line of the first release.</summary>
public class MessageTests
{
    [Theory]
    [InlineData("var p = Marshal.AllocHGlobal(8);\nif (flag) return;\nMarshal.FreeHGlobal(p);", "is not freed when 'flag' on line 9 is true")]
    [InlineData("var p = Marshal.AllocHGlobal(8);\nif (flag) Marshal.FreeHGlobal(p);", "is not freed when 'flag' on line 9 is false")]
    [InlineData("var p = Marshal.AllocHGlobal(8);\ns.Flush();\nMarshal.FreeHGlobal(p);", "is not freed when 'Stream.Flush' on line 9 throws")]
    [InlineData("var p = Marshal.AllocHGlobal(8);\nif (flag) throw new IOException();\nMarshal.FreeHGlobal(p);", "is not freed when the exception on line 9 is thrown")]
    [InlineData("var p = Marshal.AllocHGlobal(8);\ntry { s.Flush(); } catch (IOException) { return; }\nMarshal.FreeHGlobal(p);", "is not freed when 'Stream.Flush' on line 9 throws")]
    [InlineData("var p = Marshal.AllocHGlobal(8);\nMarshal.FreeHGlobal(p);\np = Marshal.AllocHGlobal(9);\np = 0;", "'p' is given another value on line 11")]
    [InlineData("var p = Marshal.AllocHGlobal(8);\nMarshal.FreeHGlobal(p);\nMarshal.FreeHGlobal(p);", "Marshal.FreeHGlobal releases what Marshal.FreeHGlobal on line 9 has already released")]
    [InlineData("var p = Marshal.AllocHGlobal(8);\nMarshal.FreeHGlobal(p);\nMarshal.WriteByte(p, 1);", "'p' is passed to Marshal.WriteByte after Marshal.FreeHGlobal on line 9")]
    [InlineData("var p = Marshal.AllocHGlobal(8);\nMarshal.FreeCoTaskMem(p);", "'p' is released by Marshal.FreeCoTaskMem, but it comes from Marshal.AllocHGlobal; use Marshal.FreeHGlobal")]
    [InlineData("Marshal.AllocHGlobal(8);", "is not freed because its result is not kept")]
    public async Task Message_names_the_path(string body, string part) =>
        Assert.Contains(part, (await Reports.SingleAsync(In("void", body))).GetMessage(), StringComparison.Ordinal);

    [Theory]
    [InlineData("public void Return() => ArrayPool<byte>.Shared.Return(_rented);", "call 'Lease.Return' on every path")]
    [InlineData("public void Close() => ArrayPool<byte>.Shared.Return(_rented);", "call 'Lease.Close' on every path")]
    public async Task Message_names_the_release_that_the_object_has(string release, string part) =>
        Assert.Contains(
            part,
            (await Reports.SingleAsync($"using System.Buffers; public class Lease {{ private readonly byte[] _rented = ArrayPool<byte>.Shared.Rent(8); public int Length => _rented.Length; {release} }} public static class C {{ public static int M() {{ var lease = new Lease(); return lease.Length; }} }}")).GetMessage(),
            StringComparison.Ordinal);

    [Fact]
    public async Task Message_names_the_await() =>
        Assert.Contains(
            "is not freed when the await on line 9 throws or is cancelled",
            (await Reports.SingleAsync(In("async System.Threading.Tasks.Task", "var p = Marshal.AllocHGlobal(8);\nawait pending;\nMarshal.FreeHGlobal(p);"))).GetMessage(),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("var named = Marshal.AllocHGlobal(8);", "'named' (Marshal.AllocHGlobal)", "call Marshal.FreeHGlobal on every path")]
    [InlineData("var owner = System.Buffers.MemoryPool<byte>.Shared.Rent(8); owner.Memory.Span.Clear();", "'owner' (MemoryPool.Rent)", "dispose of it on every path, for example with 'using'")]
    public async Task Message_names_the_block_and_the_way_out(string body, string block, string wayOut)
    {
        var message = (await Reports.SingleAsync(In("void", body))).GetMessage();

        Assert.StartsWith(block, message, StringComparison.Ordinal);
        Assert.Contains(wayOut, message, StringComparison.Ordinal);
    }

    private static string In(string type, string body) =>
        "using System.IO;\nusing System.Runtime.InteropServices;\npublic static class Code\n{\n\npublic static " + type + " Run(bool flag, Stream s, System.Threading.Tasks.Task pending)\n{\n" + body + "\n}\n}\n";
}
