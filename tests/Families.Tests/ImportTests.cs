namespace LifetimeAnalyzers.Families.Tests;

/// <summary>Functions of native libraries, found by entry point.</summary>
public sealed class ImportTests
{
    private const string Imports = """
        using System.Runtime.InteropServices;
        static unsafe partial class C
        {
            [DllImport("libc")] public static extern nint malloc(nuint size);
            [DllImport("libc", EntryPoint = "free")] public static extern void Release(nint block);
            [DllImport("libc", EntryPoint = "realloc")] public static extern nint Grow(nint block, nuint size);
            [LibraryImport("/usr/lib/libc.so.6", EntryPoint = "calloc")] public static partial nint Zeroed(nuint count, nuint size);
            [DllImport("libc")] public static extern int posix_memalign(out nint block, nuint alignment, nuint size);
            [DllImport("kernel32.dll")] public static extern nint HeapAlloc(nint heap, uint flags, nuint size);
            [DllImport("kernel32.dll")] public static extern bool HeapFree(nint heap, uint flags, nint block);
            [DllImport("kernel32.dll")] public static extern nint VirtualAlloc(nint address, nuint size, uint type, uint protect);
            [DllImport("kernel32.dll")] public static extern bool VirtualFree(nint address, nuint size, uint type);
            [DllImport("kernel32.dll")] public static extern nint LocalAlloc(uint flags, nuint size);
            [DllImport("mine")] public static extern nint thing_obtain();
            [DllImport("mine")] public static extern void thing_free(nint thing);
            [DllImport("other")] public static extern void look(nint thing);
            [DllImport("com", PreserveSig = false)] public static extern void checked_call(nint thing);
        }
        """;

    [Theory]
    [InlineData("C.malloc(1)", "C malloc", true)]
    [InlineData("C.Zeroed(1, 1)", "C malloc", true)]
    [InlineData("C.HeapAlloc(0, 0, 1)", "HeapAlloc", true)]
    [InlineData("C.LocalAlloc(0, 1)", "HGlobal", true)]
    [InlineData("C.VirtualAlloc(0, 1, 0x3000, 4)", "VirtualAlloc", true)]
    public void An_allocation_is_found_by_its_entry_point(string call, string family, bool nullable)
    {
        var contract = Of(call)!;

        Assert.Equal((BlockPlace.Result, family, nullable), (contract.Gives, contract.Family!.Name, contract.MayGiveNull));
    }

    [Fact]
    public void A_release_is_found_by_its_entry_point()
    {
        var contract = Of("C.Release(0)")!;

        Assert.Equal(Handover.Releases, contract.HandoverOf(0));
        Assert.True(contract.NullIsReleasedSafely);
        Assert.False(contract.Throws);
    }

    [Fact]
    public void A_reallocation_is_found_by_its_entry_point()
    {
        var contract = Of("C.Grow(0, 1)")!;

        Assert.Equal((Handover.Reallocates, BlockPlace.Result, true), (contract.HandoverOf(0), contract.Gives, contract.MayGiveNull));
    }

    [Fact]
    public void A_block_by_out_parameter_is_there_on_success()
    {
        var contract = Of("C.posix_memalign(out _, 16, 16)")!;

        Assert.Equal((BlockPlace.Parameter, 0, ResultTest.Zero), (contract.Gives, contract.BlockParameter, contract.GivesWhen));
    }

    [Fact]
    public void The_released_parameter_need_not_be_the_first() =>
        Assert.Equal([Handover.Unknown, Handover.Unknown, Handover.Releases], Of("C.HeapFree(0, 0, 0)")!.ParameterHandovers.ToArray());

    [Fact]
    public void Committing_within_a_reservation_gives_no_block() => Assert.Equal(BlockPlace.None, Of("C.VirtualAlloc(4096, 1, 0x1000, 4)")!.Gives);

    [Fact]
    public void Only_MEM_RELEASE_releases()
    {
        Assert.Equal(Handover.Releases, Of("C.VirtualFree(0, 0, 0x8000)")!.HandoverOf(0));
        Assert.Equal(Handover.Unknown, Of("C.VirtualFree(0, 0, 0x4000)")!.HandoverOf(0));
    }

    [Fact]
    public void A_pair_can_be_taught_by_entry_point_and_library()
    {
        Assert.Equal("thing_free", Of("C.thing_obtain()", "pair process import:mine!thing_obtain => import:mine!thing_free")!.Family!.ReleaseText);
        Assert.Null(Of("C.thing_obtain()", "pair process import:other!thing_obtain => import:other!thing_free"));
    }

    [Fact]
    public void An_imported_function_does_not_throw_unless_its_result_is_translated()
    {
        var compilation = Compile.Source(Imports);

        Assert.Null(Of("C.look(0)"));
        Assert.True(KnownMembers.IsImport(Compile.Method(compilation, "C", "look")));
        Assert.True(KnownMembers.IsImport(Compile.Method(compilation, "C", "Zeroed")));
        Assert.True(Of("C.checked_call(0)")!.Throws);
        Assert.False(KnownMembers.IsImport(Compile.Method(compilation, "C", "checked_call")));
    }

    [Theory]
    [InlineData("thing_write", false)]
    [InlineData("thing_use", false)]
    [InlineData("thing_set", true)]
    [InlineData("ThingDestroy", true)]
    [InlineData("CFRelease", true)]
    [InlineData("ThingSettle", false)]
    [InlineData("DestroyThing", true)]
    public void A_native_function_hints_at_a_hand_over_by_fewer_names(string name, bool expected)
    {
        var compilation = Compile.Source($"static class T {{ [System.Runtime.InteropServices.DllImport(\"x\")] public static extern void {name}(nint p); }}");

        Assert.Equal(expected, Compile.Members(compilation).MayTakeOver(Compile.Method(compilation, "T", name)));
    }

    [Fact]
    public void The_names_that_code_calls_are_interesting()
    {
        var names = Compile.Members(Compile.Source(Imports)).InterestingNames;

        Assert.Superset(new HashSet<string> { "malloc", "Release", "Grow", "Zeroed" }, names.ToHashSet());
        Assert.DoesNotContain("look", names);
    }

    private static MemberContract? Of(string call, string lifetime = "") =>
        Contract.OfCall(Imports + $$"""class Test { unsafe void Run() { {{call}}; } }""", lifetime);
}
