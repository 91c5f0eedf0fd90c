namespace LifetimeAnalyzers.Tests;

/// <summary>LIFE018: ownership that a public signature does not tell.</summary>
public class UnwrittenContractTests
{
    [Theory]
    [InlineData("public static void* {|LIFE018:Make|}() => NativeMemory.Alloc(16);")]
    [InlineData("protected static void* {|LIFE018:Make|}() => NativeMemory.Alloc(16);")]
    [InlineData("public static void* {|LIFE018:Make|}(bool none) => none ? null : NativeMemory.Alloc(16);")]
    [InlineData("public static bool TryMake(out void* {|LIFE018:p|}) { p = NativeMemory.Alloc(16); return true; }")]
    [InlineData("public static void Kill(void* {|LIFE018:p|}) => NativeMemory.Free(p);")]
    [InlineData("public static IMemoryOwner<byte> {|LIFE018:Rent|}() => MemoryPool<byte>.Shared.Rent(16);")]
    [InlineData("public nint {|LIFE018:Fresh|} => Marshal.AllocHGlobal(16);")]
    [InlineData("public IMemoryOwner<byte> {|LIFE018:Owner|} { get { return MemoryPool<byte>.Shared.Rent(4); } }")]
    [InlineData("public nint {|LIFE018:this|}[int size] { get => Marshal.AllocHGlobal(size); }")]
    [InlineData("public nint Held { get => _held; {|LIFE018:set|} { Marshal.FreeHGlobal(_held); _held = value; } } private nint _held; ~Buffers() => Marshal.FreeHGlobal(_held);")]
    [InlineData("public static nint Sink { {|LIFE018:set|} => Marshal.FreeHGlobal(value); }")]
    [InlineData("public static void Kill(ref nint {|LIFE018:p|}) { Marshal.FreeHGlobal(p); p = 0; }")]
    [InlineData("public static void Make(ref nint {|LIFE018:p|}) { p = Marshal.AllocHGlobal(16); }")]
    public Task Ownership_that_others_cannot_see(string member) => Verify.AnalyzerAsync(In(member));

    [Theory]
    [InlineData("internal static void* Make() => NativeMemory.Alloc(16); // LIFE018")]
    [InlineData("[return: Allocates(\"NativeMemory\")] public static void* Make() => NativeMemory.Alloc(16); // LIFE018")]
    [InlineData("public static void* Either(bool first, void* other) => first ? NativeMemory.Alloc(16) : other; // LIFE018")]
    [InlineData("public static void Kill(void* p, bool really) { if (really) NativeMemory.Free(p); } // LIFE018")]
    [InlineData("public static void Look(nint p) => Marshal.WriteByte(p, 1); // LIFE018")]
    [InlineData("internal nint Fresh => Marshal.AllocHGlobal(16); // LIFE018")]
    [InlineData("public nint Plain { get; set; } // LIFE018")]
    [InlineData("[Allocates(\"HGlobal\")] public nint Fresh => Marshal.AllocHGlobal(16); // LIFE018")]
    [InlineData("public static void Grow(ref nint p) { Marshal.FreeHGlobal(p); p = Marshal.AllocHGlobal(32); } // LIFE018")]
    [InlineData("public static void Ensure(ref nint p) { if (p == 0) p = Marshal.AllocHGlobal(32); } // LIFE018")]
    public Task Nothing_to_tell(string member) => Verify.AnalyzerAsync(In(member));

    [Theory]
    [InlineData("public static void* {|LIFE018:Make|}() => NativeMemory.Alloc(16);", "[return: Allocates(\"NativeMemory\")]\n    public static void* Make() => NativeMemory.Alloc(16);")]
    [InlineData("public static void Kill(void* {|LIFE018:p|}) => NativeMemory.Free(p);", "public static void Kill([Releases(\"NativeMemory\")] void* p) => NativeMemory.Free(p);")]
    [InlineData("public static IMemoryOwner<byte> {|LIFE018:Rent|}() => MemoryPool<byte>.Shared.Rent(16);", "[return: Owned]\n    public static IMemoryOwner<byte> Rent() => MemoryPool<byte>.Shared.Rent(16);")]
    [InlineData("public nint {|LIFE018:Fresh|} => Marshal.AllocHGlobal(16);", "[Allocates(\"HGlobal\")]\n    public nint Fresh => Marshal.AllocHGlobal(16);")]
    [InlineData("public IMemoryOwner<byte> {|LIFE018:Owner|} => MemoryPool<byte>.Shared.Rent(4);", "[Allocates(\"MemoryOwner\")]\n    public IMemoryOwner<byte> Owner => MemoryPool<byte>.Shared.Rent(4);")]
    [InlineData("public static nint Sink { {|LIFE018:set|} => Marshal.FreeHGlobal(value); }", "public static nint Sink { [param: Releases(\"HGlobal\")] set => Marshal.FreeHGlobal(value); }")]
    [InlineData("public static void Kill(ref nint {|LIFE018:p|}) { Marshal.FreeHGlobal(p); p = 0; }", "public static void Kill([Releases(\"HGlobal\")] ref nint p) { Marshal.FreeHGlobal(p); p = 0; }")]
    [InlineData("public static void Make(ref nint {|LIFE018:p|}) { p = Marshal.AllocHGlobal(16); }", "public static void Make([Allocates(\"HGlobal\")] ref nint p) { p = Marshal.AllocHGlobal(16); }")]
    public Task Fix_writes_what_is_inferred(string before, string after) => Verify.FixAsync(In(before), In(after));

    [Fact]
    public Task Written_contracts_of_accessors_and_references_are_obeyed() => Verify.AnalyzerAsync("""
        using System.Runtime.InteropServices;
        using LifetimeAnalyzers;

        public abstract class Blocks
        {
            [Allocates("HGlobal")]
            public abstract nint Fresh { get; }

            public abstract nint Sink { [param: Releases("HGlobal")] set; }

            public abstract void Kill([Releases("HGlobal")] ref nint block);
        }

        public abstract class Owner
        {
            [Owned]
            public abstract nint Block { get; }
        }

        internal static class Users
        {
            public static void Lost(Blocks blocks)
            {
                nint block = {|LIFE003:blocks.Fresh|};
                Marshal.WriteByte(block, 1);
            }

            public static void Looked(Owner owner) => Marshal.WriteByte(owner.Block, 1);

            public static void Given(Blocks blocks)
            {
                nint block = blocks.Fresh;
                blocks.Sink = block;
            }

            public static void Killed(Blocks blocks)
            {
                nint block = blocks.Fresh;
                blocks.Kill(ref block);
                if (block != 0)
                {
                    Marshal.FreeHGlobal(block);
                }
            }

            public static void Twice(Blocks blocks)
            {
                nint block = blocks.Fresh;
                nint same = block;
                blocks.Kill(ref block);
                {|LIFE006:Marshal.FreeHGlobal(same)|};
            }
        }
        """);

    private static string In(string member) => $$"""
        using System.Buffers;
        using System.Runtime.InteropServices;
        using LifetimeAnalyzers;

        public unsafe class Buffers
        {
            {{member}}
        }
        """;
}
