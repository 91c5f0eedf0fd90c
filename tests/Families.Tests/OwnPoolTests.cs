namespace LifetimeAnalyzers.Families.Tests;

/// <summary>Teaching a project's own functions: one line each.</summary>
public sealed class OwnPoolTests
{
    private const string Pool = """
        namespace My;
        public sealed class Buffer : System.IDisposable { public void Dispose() { } }
        public class Pool
        {
            public static readonly Pool Shared = new();
            public virtual byte[] Get(int size) => null!;
            public virtual void Return(byte[] buffer) { }
            public Buffer Rent() => new();
            public bool TryTake(int size, out byte[] buffer) { buffer = null!; return true; }
            public static nint widget_create() => 0;
            public static int widget_open(string name, out nint widget) { widget = 0; return 0; }
            public static void widget_destroy(int flags, nint widget) { }
        }
        public sealed class Derived : Pool { public override byte[] Get(int size) => null!; public override void Return(byte[] buffer) { } }
        """;

    [Fact]
    public void A_pool_is_one_line()
    {
        const string Line = "pair pool M:My.Pool.Get => M:My.Pool.Return";
        var get = Contract.OfCall(Pool + "class Test { void Run() => My.Pool.Shared.Get(1); }", Line)!;
        var back = Contract.OfCall(Pool + "class Test { void Run(byte[] b) => My.Pool.Shared.Return(b); }", Line)!;

        Assert.Equal(BlockPlace.Result, get.Gives);
        Assert.Equal(Lifetime.Pool, get.Family!.Lifetime);
        Assert.True(get.Family.PerInstance);
        Assert.Equal("Pool.Return", get.Family.ReleaseText);
        Assert.Equal("{1}.Return({0})", get.Family.ReleaseTemplate);
        Assert.Equal(Handover.Releases, back.HandoverOf(0));
        Assert.Equal(get.Family, back.Family);
        Assert.Equal("own.lifetime.txt(1)", get.Source);
    }

    [Fact]
    public void A_pool_whose_members_are_overridden_is_the_same_pool()
    {
        const string Line = "pair pool M:My.Pool.Get => M:My.Pool.Return";

        Assert.Equal("My.Pool.Return", Contract.OfCall(Pool + "class Test { void Run(My.Derived d) => d.Get(1); }", Line)!.Family!.Name);
        Assert.Equal(Handover.Releases, Contract.OfCall(Pool + "class Test { void Run(My.Derived d) => d.Return(null!); }", Line)!.HandoverOf(0));
    }

    [Fact]
    public void What_is_rented_and_disposed_is_one_line()
    {
        const string Line = "pair pool M:My.Pool.Rent => dispose";
        var rent = Contract.OfCall(Pool + "class Test { void Run() => My.Pool.Shared.Rent(); }", Line)!;
        var dispose = Contract.OfCall(Pool + "class Test { void Run(My.Buffer b) => b.Dispose(); }", Line)!;

        Assert.True(rent.Family!.ReleasedByDispose);
        Assert.Equal("{0}.Dispose()", rent.Family.ReleaseTemplate);
        Assert.Equal(Handover.Releases, dispose.ReceiverHandover);
        Assert.Equal(rent.Family, dispose.Family);
    }

    [Fact]
    public void Create_and_destroy_with_a_later_parameter_is_one_line()
    {
        const string Line = "pair process M:My.Pool.widget_create nullable => M:My.Pool.widget_destroy of widget";
        var create = Contract.OfCall(Pool + "class Test { void Run() => My.Pool.widget_create(); }", Line)!;
        var destroy = Contract.OfCall(Pool + "class Test { void Run() => My.Pool.widget_destroy(0, 0); }", Line)!;

        Assert.True(create.MayGiveNull);
        Assert.Equal(Handover.Unknown, destroy.HandoverOf(0));
        Assert.Equal(Handover.Releases, destroy.HandoverOf(1));
        Assert.Null(create.Family!.ReleaseTemplate);
    }

    [Fact]
    public void A_block_by_out_parameter_is_one_line()
    {
        const string Line = "pair process M:My.Pool.widget_open at widget if zero => M:My.Pool.widget_destroy of #1";
        var open = Contract.OfCall(Pool + "class Test { void Run() => My.Pool.widget_open(\"\", out _); }", Line)!;

        Assert.Equal((BlockPlace.Parameter, 1, ResultTest.Zero), (open.Gives, open.BlockParameter, open.GivesWhen));
    }

    [Fact]
    public void A_try_pattern_gives_only_when_true()
    {
        var take = Contract.OfCall(Pool + "class Test { void Run() => My.Pool.Shared.TryTake(1, out _); }", "pair pool M:My.Pool.TryTake at buffer if true => M:My.Pool.Return")!;

        Assert.Equal((BlockPlace.Parameter, 1, ResultTest.True), (take.Gives, take.BlockParameter, take.GivesWhen));
    }

    [Fact]
    public void A_pair_with_a_known_release_joins_its_family()
    {
        var create = Contract.OfCall(Pool + "class Test { void Run() => My.Pool.widget_create(); }", "pair process M:My.Pool.widget_create => M:System.Runtime.InteropServices.Marshal.FreeHGlobal")!;

        Assert.Equal("HGlobal", create.Family!.Name);
        Assert.Equal("global::System.Runtime.InteropServices.Marshal.FreeHGlobal({0})", create.Family.ReleaseTemplate);
    }

    [Fact]
    public void Two_functions_with_one_release_are_one_family()
    {
        const string Lines = """
            pair pool M:My.Pool.Get => M:My.Pool.Return
            pair pool M:My.Pool.TryTake at buffer if true => M:My.Pool.Return
            """;

        Assert.Equal(Contract.OfCall(Pool + "class Test { void Run() => My.Pool.Shared.Get(1); }", Lines)!.Family,
            Contract.OfCall(Pool + "class Test { void Run() => My.Pool.Shared.TryTake(1, out _); }", Lines)!.Family);
    }

    [Fact]
    public void A_taught_function_is_an_interesting_name()
    {
        var names = Compile.Members(Compile.Source(Pool), ("own.lifetime.txt", "pair pool M:My.Pool.Get => M:My.Pool.Return")).InterestingNames;

        Assert.Contains("Get", names);
        Assert.Contains("Return", names);
    }

    [Theory]
    [InlineData("borrows M:My.Pool.Return", Handover.Borrows)]
    [InlineData("holds M:My.Pool.Return", Handover.Holds)]
    [InlineData("takes M:My.Pool.Return of buffer", Handover.Takes)]
    [InlineData("views M:My.Pool.Return of #0", Handover.Views)]
    [InlineData("same M:My.Pool.Return(System.Byte[])", Handover.SameBlock)]
    public void A_parameter_can_be_described(string line, object expected) =>
        Assert.Equal((Handover)expected, Contract.OfCall(Pool + "class Test { void Run(byte[] b) => My.Pool.Shared.Return(b); }", line)!.HandoverOf(0));

    [Theory]
    [InlineData("nothrow M:My.Pool.Return", false, false)]
    [InlineData("throws M:My.Pool.Return", true, false)]
    [InlineData("nothrow T:My.Pool", false, false)]
    [InlineData("never-returns M:My.Pool.Ret*", null, true)]
    public void Control_flow_can_be_described(string line, bool? throws, bool neverReturns)
    {
        var contract = Contract.OfCall(Pool + "class Test { void Run(byte[] b) => My.Pool.Shared.Return(b); }", line)!;

        Assert.Equal((throws, neverReturns), (contract.Throws, contract.NeverReturns));
    }

    [Fact]
    public void A_line_for_another_overload_says_nothing() =>
        Assert.Null(Contract.OfCall(Pool + "class Test { void Run(byte[] b) => My.Pool.Shared.Return(b); }", "takes M:My.Pool.Return(System.Char[])"));
}
