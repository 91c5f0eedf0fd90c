using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace LifetimeAnalyzers.Tests;

/// <summary>LIFE017: a body that does not do what its signature promises.</summary>
public class BrokenContractTests
{
    [Theory]
    [InlineData("void Release([Releases(\"NativeMemory\")] void* {|LIFE017:p|}, bool keep) { if (keep) return; NativeMemory.Free(p); }")]
    [InlineData("void Release([Releases(\"NativeMemory\")] void* {|LIFE017:p|}) => System.Console.WriteLine((nint)p);")]
    [InlineData("void Release([Releases(\"NativeMemory\")] nint {|LIFE017:p|}) => Marshal.FreeHGlobal(p);")]
    [InlineData("void Take([Owned] nint {|LIFE017:p|}) { }")]
    [InlineData("void Take([Owned] nint {|LIFE017:p|}, bool keep) { if (keep) _kept = p; }")]
    [InlineData("void Hold([Held] nint {|LIFE017:p|}) => Marshal.WriteByte(p, 1);")]
    [InlineData("void Look([Borrowed] nint {|LIFE017:p|}) => Marshal.FreeHGlobal(p);")]
    [InlineData("void Look([Borrowed] nint {|LIFE017:p|}) => _kept = p;")]
    public Task Parameter_that_is_not_treated_as_promised(string member) => Verify.AnalyzerAsync(In(member));

    [Theory]
    [InlineData("void Release([Releases(\"NativeMemory\")] void* p) { if (p == null) return; NativeMemory.Free(p); }")]
    [InlineData("void Release([Releases(\"HGlobal\")] nint p) { if (p != System.IntPtr.Zero) Marshal.FreeHGlobal(p); }")]
    [InlineData("void Release([Releases(\"HGlobal\")] nint p) { try { System.Console.WriteLine(); } finally { Marshal.FreeHGlobal(p); } }")]
    [InlineData("void Release([Releases(\"GCHandle\")] GCHandle h) { if (h.IsAllocated) h.Free(); }")]
    [InlineData("void Take([Owned] nint p) => _kept = p;")]
    [InlineData("nint Take([Owned] nint p) => p;")]
    [InlineData("void Look([Borrowed] nint p) => Marshal.WriteByte(p, 1);")]
    [InlineData("void Look([Borrowed] nint p) => _borrowed = p;")]
    public Task Parameter_that_is_treated_as_promised(string member) => Verify.AnalyzerAsync(In(member));

    [Theory]
    [InlineData("[Releases(\"Own\")] void Return(byte[] a) => _items[_count++] = a;")]
    [InlineData("[Releases(\"Own\")] void Return(byte[] a) { if (_count < 8) _items[_count++] = a; }")]
    [InlineData("[Releases(\"Own\")] void Return(byte[] a) => _stack.Push(a);")]
    [InlineData("[Allocates(\"Own\")] byte[] Get() => _count > 0 ? _items[--_count] : new byte[16];")]
    public Task Own_pool_that_keeps_what_is_returned_to_it(string member) => Verify.AnalyzerAsync(In(member));

    [Theory]
    [InlineData("void Release([Releases(\"Own\")] nint p) => Native(p); [DllImport(\"own\")] static extern void Native(nint p);")]
    [InlineData("void Release([Releases(\"Own\")] void* p) => NativeMemory.Free((byte*)p - 16);")]
    [InlineData("void Release([Releases(\"Own\")] nint p, System.Action<nint> release) => release(p);")]
    public Task Release_that_cannot_be_seen_is_believed(string member) => Verify.AnalyzerAsync(In(member));

    [Theory]
    [InlineData("[return: Owned] nint {|LIFE017:Make|}() => 0;")]
    [InlineData("[return: Owned] nint {|LIFE017:Make|}() => _kept;")]
    [InlineData("[return: Allocates(\"NativeMemory\")] nint {|LIFE017:Make|}() => Marshal.AllocHGlobal(16);")]
    [InlineData("[Allocates(\"Own\")] bool TryMake(out nint {|LIFE017:p|}) { p = 0; return false; }")]
    public Task Promised_block_that_is_never_given(string member) => Verify.AnalyzerAsync(In(member));

    [Theory]
    [InlineData("[return: Owned] nint Make() => Marshal.AllocHGlobal(16);")]
    [InlineData("[return: Owned] nint Make(bool none) => none ? 0 : Marshal.AllocHGlobal(16);")]
    [InlineData("[return: Allocates(\"Own\")] nint Make() => Marshal.AllocHGlobal(16);")]
    [InlineData("[Allocates(\"Own\")] bool TryMake(out nint p) { p = Marshal.AllocHGlobal(16); return true; }")]
    [InlineData("[return: Owned] nint Make() { var taken = _kept; _kept = 0; return taken; }")]
    public Task Promised_block_that_is_given(string member) => Verify.AnalyzerAsync(In(member));

    [Fact]
    public Task Promise_of_an_interface_binds_the_implementation() => Verify.AnalyzerAsync("""
        using System.Runtime.InteropServices;
        using LifetimeAnalyzers;

        public interface IBuffers
        {
            void Release([Releases("HGlobal")] nint p);
        }

        public class Kept : IBuffers
        {
            public void Release(nint p) => Marshal.FreeHGlobal(p);
        }

        public class Broken : IBuffers
        {
            public void Release(nint {|LIFE017:p|}) => Marshal.WriteByte(p, 0);
        }
        """);

    [Theory]
    [InlineData("public static nint {|LIFE017:Make|}() => 0;")]
    [InlineData("public static void Destroy(nint {|LIFE017:p|}) => Marshal.WriteByte(p, 1);")]
    [InlineData("public static void Destroy(nint {|LIFE017:p|}, bool keep) { if (keep) return; Marshal.FreeHGlobal(p); }")]
    [InlineData("public void Post(nint {|LIFE017:p|}) { }")]
    [InlineData("public void Look(nint {|LIFE017:p|}) => _kept = p;")]
    [InlineData("public void Look(nint {|LIFE017:p|}) => Marshal.FreeHGlobal(p);")]
    public Task Promise_of_a_text_file_that_is_not_kept(string member) => InPool(member).VerifyAsync();

    [Theory]
    [InlineData("public static nint Make() => Marshal.AllocHGlobal(16);")]
    [InlineData("public static unsafe nint Make() => (nint)NativeMemory.Alloc(16);")]
    [InlineData("public static void Destroy(nint p) { if (p != 0) Marshal.FreeHGlobal(p); }")]
    [InlineData("public void Post(nint p) => _kept = p;")]
    [InlineData("public void Look(nint p) => Marshal.WriteByte(p, 1);")]
    [InlineData("public byte[] Get() => _free.Count > 0 ? _free.Pop() : new byte[16];")]
    [InlineData("public void Return(byte[] a) { if (_free.Count < 8) _free.Push(a); }")]
    [InlineData("public void Return(Slot slot) => slot.InUse = false;")]
    [InlineData("public void Other(nint p) { }")]
    public Task Promise_of_a_text_file_that_is_kept(string member) => InPool(member).VerifyAsync();

    [Fact]
    public Task Message_names_the_line_of_the_file()
    {
        var test = InPool("public void Post(nint {|#0:p|}) { }");
        test.ExpectedDiagnostics.Add(new DiagnosticResult("LIFE017", DiagnosticSeverity.Warning).WithLocation(0).WithMessage(
            "'Post' promises to take over 'p' (own.lifetime.txt(3)), but it is neither released nor handed on"));
        return test.VerifyAsync();
    }

    [Fact]
    public Task Message_shows_the_release_that_breaks_the_promise()
    {
        var test = InPool("public void Look(nint {|#0:p|}) => {|#1:Marshal.FreeHGlobal(p)|};");
        test.ExpectedDiagnostics.Add(new DiagnosticResult("LIFE017", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1).WithMessage(
            "'Look' promises only to borrow 'p' (own.lifetime.txt(4)), but it is released"));
        return test.VerifyAsync();
    }

    private static LifetimeTest InPool(string member)
    {
        var test = new ReportsOnly($$"""
            using System.Collections.Generic;
            using System.Runtime.InteropServices;

            namespace My;

            internal class Slot { public bool InUse; }

            internal class Pool
            {
                internal nint _kept;
                internal readonly Stack<byte[]> _free = new();

                {{member}}
            }
            """);
        test.DisabledDiagnostics.Add("LIFE090");
        test.TestState.AdditionalFiles.Add(("own.lifetime.txt", """
            pair pool M:My.Pool.Get => M:My.Pool.Return
            pair process M:My.Pool.Make => M:My.Pool.Destroy
            takes M:My.Pool.Post of p
            borrows M:My.Pool.Look
            """));
        return test;
    }

    private static string In(string member) => $$"""
        using System.Collections.Generic;
        using System.Runtime.InteropServices;
        using LifetimeAnalyzers;

        internal unsafe class Buffers
        {
            internal nint _kept;
            [Borrowed] internal nint _borrowed;
            internal byte[][] _items = new byte[8][];
            internal int _count;
            internal readonly Stack<byte[]> _stack = new();

            {{member}}
        }
        """;

    private sealed class ReportsOnly(string source) : LifetimeTest(source)
    {
        protected override IEnumerable<Microsoft.CodeAnalysis.CodeFixes.CodeFixProvider> GetCodeFixProviders() => [];
    }
}
