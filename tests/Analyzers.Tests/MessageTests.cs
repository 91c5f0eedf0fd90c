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
    [InlineData("foreach (var name in System.Environment.GetCommandLineArgs())\n{ var p = Marshal.AllocHGlobal(8);\nif (flag) continue;\nMarshal.FreeHGlobal(p); }", "is not freed when 'flag' on line 10 is true, before the next iteration takes a new one")]
    [InlineData("var p = Marshal.AllocHGlobal(8);\ntry { try { s.Flush(); } finally { s.WriteByte(1);\nMarshal.FreeHGlobal(p); } } catch (IOException) { }", "is not freed when 'Stream.WriteByte' on line 9 throws and the exception is caught")]
    [InlineData("var p = Marshal.AllocHGlobal(8);\nusing var copy = new MemoryStream();\ns.CopyTo(copy);\nMarshal.FreeHGlobal(p);", "is not freed when 'Stream.CopyTo' on line 10 throws")]
    [InlineData("var p = Marshal.AllocHGlobal(8);\n_ = GCHandle.FromIntPtr(p).IsAllocated;\nMarshal.FreeHGlobal(p);", "GCHandle.FromIntPtr is called with 'p', which is memory from Marshal.AllocHGlobal and not the number of a handle")]
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
    public async Task Message_names_the_release_of_the_pool_that_another_path_calls() =>
        Assert.Contains(
            "call Slots.Return on every path",
            Assert.Single(await Reports.OfAsync("using System.Runtime.InteropServices; public class Slots { public nint Rent() => Marshal.AllocHGlobal(8); public void Return(nint block) => Marshal.FreeHGlobal(block); } public static class C { public static int M(Slots slots, bool flag) { nint block = slots.Rent(); if (flag) return 0; slots.Return(block); return 1; } }"), static report => report.Id == "LIFE004").GetMessage(),
            StringComparison.Ordinal);

    [Fact]
    public async Task Message_does_not_give_what_lies_between_two_operators_the_name_of_the_result() =>
        Assert.StartsWith(
            "The block (Number.op_Addition) is never freed",
            (await Reports.SingleAsync("using System.Runtime.InteropServices; public sealed class Number : System.IDisposable { private nint _digits = Marshal.AllocHGlobal(8); public void Dispose() { Marshal.FreeHGlobal(_digits); _digits = 0; } public static Number operator +(Number a, Number b) => new Number(); } public static class C { public static void M(Number a, Number b) { using var sum = a + b + a; } }")).GetMessage(),
            StringComparison.Ordinal);

    [Fact]
    public async Task Message_names_what_took_the_block_from_its_object() =>
        Assert.StartsWith(
            "'taken' (new Title)",
            (await Reports.SingleAsync("using System.Runtime.InteropServices; public sealed class Title : System.IDisposable { private nint _text = Marshal.AllocHGlobal(8); public nint Take() { nint text = _text; _text = 0; return text; } public void Dispose() { Marshal.FreeHGlobal(_text); _text = 0; } } public static class C { public static int M() { using var title = new Title(); nint taken = title.Take(); return Marshal.ReadByte(taken); } }")).GetMessage(),
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
