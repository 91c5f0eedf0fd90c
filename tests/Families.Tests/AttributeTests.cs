using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families.Tests;

/// <summary>The ownership attributes, in source and in compiled libraries.</summary>
public sealed class AttributeTests
{
    private const string Attributes = """
        namespace LifetimeAnalyzers
        {
            using System;
            ACCESS sealed class AllocatesAttribute : Attribute { public AllocatesAttribute(string family) { } }
            ACCESS sealed class ReleasesAttribute : Attribute { public ReleasesAttribute(string family) { } }
            ACCESS sealed class OwnedAttribute : Attribute { }
            ACCESS sealed class BorrowedAttribute : Attribute { }
            ACCESS sealed class HeldAttribute : Attribute { }
        }
        """;

    private const string Library = """
        namespace Lib
        {
            using LifetimeAnalyzers;
            public interface IStore { void Keep([Owned] nint block); }
            public class Store : IStore
            {
                [Held] public nint Kept;
                [Allocates("widget")] public static nint Create() => 0;
                [Releases("widget")] public static void Destroy(nint widget) { }
                public static void DestroyAt(int index, [Releases("widget")] nint widget) { }
                [Allocates("widget")] public static bool TryCreate(int kind, out nint widget) { widget = 0; return true; }
                [Allocates("widget")] public static nint Resize([Releases("widget")] nint widget, int size) => 0;
                [return: Owned] public virtual byte[] Detach() => null!;
                [return: Owned] public static System.Buffers.IMemoryOwner<byte> Rent() => null!;
                public void Keep(nint block) { }
                public static void Look([Borrowed] nint block, [Held] nint held) { }
                [Allocates("NativeMemory")] public static nint Native() => 0;
                [Releases("widget")] public void Close() { }
            }
            public class Derived : Store { public override byte[] Detach() => null!; }
        }
        """;

    private static readonly MetadataReference s_library = Compile.Library("#nullable enable\n" + Attributes.Replace("ACCESS", "internal") + Library);

    public static TheoryData<bool> Everywhere => [true, false];

    [Theory, MemberData(nameof(Everywhere))]
    public void Allocates_on_a_method_is_its_result(bool compiled)
    {
        var contract = Call("Lib.Store.Create()", compiled)!;

        Assert.Equal((BlockPlace.Result, "widget"), (contract.Gives, contract.Family!.Name));
    }

    [Theory, MemberData(nameof(Everywhere))]
    public void Releases_on_a_method_is_its_first_parameter(bool compiled)
    {
        var contract = Call("Lib.Store.Destroy(0)", compiled)!;

        Assert.Equal(Handover.Releases, contract.HandoverOf(0));
        Assert.Equal(Call("Lib.Store.Create()", compiled)!.Family, contract.Family);
    }

    [Theory, MemberData(nameof(Everywhere))]
    public void Releases_on_a_parameter_is_that_one(bool compiled) =>
        Assert.Equal([Handover.Unknown, Handover.Releases], Call("Lib.Store.DestroyAt(0, 0)", compiled)!.ParameterHandovers.ToArray());

    [Theory, MemberData(nameof(Everywhere))]
    public void Releases_on_a_method_without_parameters_is_the_receiver(bool compiled) =>
        Assert.Equal(Handover.Releases, Call("new Lib.Store().Close()", compiled)!.ReceiverHandover);

    [Theory, MemberData(nameof(Everywhere))]
    public void Allocates_on_a_try_method_is_its_out_parameter(bool compiled)
    {
        var contract = Call("Lib.Store.TryCreate(0, out _)", compiled)!;

        Assert.Equal((BlockPlace.Parameter, 1, ResultTest.True), (contract.Gives, contract.BlockParameter, contract.GivesWhen));
    }

    [Theory, MemberData(nameof(Everywhere))]
    public void Allocating_and_releasing_one_family_is_a_reallocation(bool compiled) =>
        Assert.Equal(Handover.Reallocates, Call("Lib.Store.Resize(0, 1)", compiled)!.HandoverOf(0));

    [Theory, MemberData(nameof(Everywhere))]
    public void An_owned_result_of_an_unknown_family_may_be_released_by_anything(bool compiled) =>
        Assert.True(Call("new Lib.Store().Detach()", compiled)!.Family!.IsUnspecified);

    [Theory, MemberData(nameof(Everywhere))]
    public void An_owned_result_of_an_owner_type_has_that_family(bool compiled) =>
        Assert.Equal("MemoryOwner", Call("Lib.Store.Rent()", compiled)!.Family!.Name);

    [Theory, MemberData(nameof(Everywhere))]
    public void An_override_inherits(bool compiled) =>
        Assert.Equal(BlockPlace.Result, Call("new Lib.Derived().Detach()", compiled)!.Gives);

    [Theory, MemberData(nameof(Everywhere))]
    public void An_implementation_inherits(bool compiled) =>
        Assert.Equal(Handover.Takes, Call("new Lib.Store().Keep(0)", compiled)!.HandoverOf(0));

    [Theory, MemberData(nameof(Everywhere))]
    public void Parameters_are_borrowed_and_held(bool compiled) =>
        Assert.Equal([Handover.Borrows, Handover.Holds], Call("Lib.Store.Look(0, 0)", compiled)!.ParameterHandovers.ToArray());

    [Theory, MemberData(nameof(Everywhere))]
    public void A_known_family_is_joined_by_name(bool compiled) =>
        Assert.Equal("NativeMemory.Free", Call("Lib.Store.Native()", compiled)!.Family!.ReleaseText);

    [Theory, MemberData(nameof(Everywhere))]
    public void The_release_of_an_attributed_family_is_named(bool compiled)
    {
        var family = Call("Lib.Store.Create()", compiled)!.Family!;

        Assert.Equal("Store.Destroy", family.ReleaseText);
        Assert.Equal("global::Lib.Store.Destroy({0})", family.ReleaseTemplate);
    }

    [Theory, MemberData(nameof(Everywhere))]
    public void Attributed_members_are_interesting_names(bool compiled)
    {
        var names = Compile.Members(Compilation("0.ToString()", compiled)).InterestingNames;

        Assert.Superset(new HashSet<string> { "Create", "Destroy", "DestroyAt", "TryCreate", "Resize", "Detach", "Rent", "Native", "Close" }, names.ToHashSet());
        Assert.DoesNotContain("Look", names);
    }

    [Theory, MemberData(nameof(Everywhere))]
    public void A_field_can_be_held(bool compiled)
    {
        var compilation = Compilation("0.ToString()", compiled);
        var field = compilation.GetTypeByMetadataName("Lib.Store")!.GetMembers("Kept").OfType<IFieldSymbol>().Single();

        Assert.Equal(Handover.Holds, Compile.Members(compilation).OwnershipOf(field));
    }

    [Fact]
    public void An_attribute_of_another_namespace_says_nothing() =>
        Assert.Null(Contract.OfCall("class AllocatesAttribute : System.Attribute { public AllocatesAttribute(string f) { } } class Test { [Allocates(\"x\")] static nint Create() => 0; void Run() => Create(); }"));

    [Fact]
    public void What_does_not_return_is_known()
    {
        Assert.True(Contract.OfCall("class Test { [System.Diagnostics.CodeAnalysis.DoesNotReturn] static void Fail() => throw null!; void Run() => Fail(); }")!.NeverReturns);
        Assert.True(Contract.OfCall("class Test { void Run() => System.Environment.FailFast(\"\"); }")!.NeverReturns);
    }

    private static MemberContract? Call(string call, bool compiled) => compiled
        ? Contract.OfCall(Body(call), "", s_library)
        : Contract.OfCall(Attributes.Replace("ACCESS", "public") + Library + Body(call));

    private static Compilation Compilation(string call, bool compiled) => compiled
        ? Compile.Source(Body(call), s_library)
        : Compile.Source(Attributes.Replace("ACCESS", "public") + Library + Body(call));

    private static string Body(string call) => $$"""
        class Test { void Run() { {{call}}; } }
        """;
}
