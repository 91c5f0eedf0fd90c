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
    public Task Ownership_that_others_cannot_see(string member) => Verify.AnalyzerAsync(In(member));

    [Theory]
    [InlineData("internal static void* Make() => NativeMemory.Alloc(16); // LIFE018")]
    [InlineData("[return: Allocates(\"NativeMemory\")] public static void* Make() => NativeMemory.Alloc(16); // LIFE018")]
    [InlineData("public static void* Either(bool first, void* other) => first ? NativeMemory.Alloc(16) : other; // LIFE018")]
    [InlineData("public static void Kill(void* p, bool really) { if (really) NativeMemory.Free(p); } // LIFE018")]
    [InlineData("public static void Look(nint p) => Marshal.WriteByte(p, 1); // LIFE018")]
    public Task Nothing_to_tell(string member) => Verify.AnalyzerAsync(In(member));

    [Theory]
    [InlineData("public static void* {|LIFE018:Make|}() => NativeMemory.Alloc(16);", "[return: Allocates(\"NativeMemory\")]\n    public static void* Make() => NativeMemory.Alloc(16);")]
    [InlineData("public static void Kill(void* {|LIFE018:p|}) => NativeMemory.Free(p);", "public static void Kill([Releases(\"NativeMemory\")] void* p) => NativeMemory.Free(p);")]
    [InlineData("public static IMemoryOwner<byte> {|LIFE018:Rent|}() => MemoryPool<byte>.Shared.Rent(16);", "[return: Owned]\n    public static IMemoryOwner<byte> Rent() => MemoryPool<byte>.Shared.Rent(16);")]
    public Task Fix_writes_what_is_inferred(string before, string after) => Verify.FixAsync(In(before), In(after));

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
