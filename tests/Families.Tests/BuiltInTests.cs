using Microsoft.CodeAnalysis;

namespace LifetimeAnalyzers.Families.Tests;

public sealed class BuiltInTests
{
    private static readonly Compilation s_framework = Compile.Source("");

    [Fact]
    public void The_built_in_files_have_no_problem()
    {
        Assert.NotEmpty(BuiltInFiles.All);
        Assert.Empty(BuiltInFiles.All.SelectMany(file => file.Problems.Select(problem => $"{file.Name}({problem.Line + 1}): {problem.Message}")));
        Assert.Empty(BuiltInFiles.Table.Problems.Select(problem => $"{problem.File.Name}({problem.Problem.Line + 1}): {problem.Problem.Message}"));
    }

    [Fact]
    public void Every_line_about_the_heap_names_a_member_of_it() =>
        Assert.Empty(Unbound(Compile.Sources(Documentation.PathOf("../src/Runtime")), statement => statement.Member.TypeName.StartsWith("LifetimeAnalyzers.", StringComparison.Ordinal)));

    [Fact]
    public void Every_line_about_the_framework_names_a_member_of_it() =>
        Assert.Empty(Unbound(s_framework, statement =>
            !statement.Member.TypeName.StartsWith("LifetimeAnalyzers.", StringComparison.Ordinal) && !statement.Source.StartsWith("third-party", StringComparison.Ordinal)));

    private static List<string> Unbound(Compilation compilation, Func<Statement, bool> isMeant)
    {
        var unbound = new List<string>();
        foreach (var statement in BuiltInFiles.Table.Statements)
        {
            var member = statement.Member;
            if (member.Kind == 'I' || !isMeant(statement))
            {
                continue;
            }

            var type = MemberBinding.TypeOf(compilation, member);
            if (type is null || (statement.Kind != StatementKind.Owner && !statement.DerivedTypes && !MemberBinding.MethodsOf(type, member).Any(method => Says(statement, method))))
            {
                unbound.Add(statement.Source + ": " + member.Text);
            }
        }

        return unbound;
    }

    private static bool Says(Statement statement, IMethodSymbol method) =>
        statement.Parameters.All(parameter => parameter.In(method) != ParameterReference.Missing)
        && (statement.Into is null || statement.Into.Value.In(method) >= 0)
        && (statement.When is null || statement.When.Value.In(method) >= 0);

    [Theory]
    [InlineData("System.Runtime.InteropServices.NativeMemory", "Alloc", "NativeMemory")]
    [InlineData("System.Runtime.InteropServices.NativeMemory", "AlignedAlloc", "NativeMemory aligned")]
    [InlineData("System.Runtime.InteropServices.Marshal", "AllocHGlobal", "HGlobal")]
    [InlineData("System.Runtime.InteropServices.Marshal", "StringToCoTaskMemUTF8", "CoTaskMem")]
    [InlineData("System.Runtime.InteropServices.GCHandle", "Alloc", "GCHandle")]
    [InlineData("System.Buffers.ArrayPool`1", "Rent", "ArrayPool")]
    [InlineData("System.Buffers.MemoryPool`1", "Rent", "MemoryOwner")]
    public void An_allocation_gives_a_block_of_its_family(string type, string method, string family)
    {
        var contract = Compile.Members(s_framework).ContractOf(Compile.Method(s_framework, type, method));

        Assert.Equal(family, contract?.Family?.Name);
        Assert.Equal(BlockPlace.Result, contract!.Gives);
        Assert.False(contract.Throws);
    }

    [Theory]
    [InlineData("System.Runtime.InteropServices.NativeMemory", "Free", "global::System.Runtime.InteropServices.NativeMemory.Free({0})")]
    [InlineData("System.Runtime.InteropServices.Marshal", "FreeHGlobal", "global::System.Runtime.InteropServices.Marshal.FreeHGlobal({0})")]
    [InlineData("System.Buffers.ArrayPool`1", "Return", "{1}.Return({0})")]
    public void A_release_releases_its_first_parameter(string type, string method, string template)
    {
        var contract = Compile.Members(s_framework).ContractOf(Compile.Method(s_framework, type, method))!;

        Assert.Equal(Handover.Releases, contract.HandoverOf(0));
        Assert.Equal(template, contract.Family!.ReleaseTemplate);
    }

    [Fact]
    public void A_handle_is_freed_through_itself()
    {
        var contract = Compile.Members(s_framework).ContractOf(Compile.Method(s_framework, "System.Runtime.InteropServices.GCHandle", "Free"))!;

        Assert.Equal(Handover.Releases, contract.ReceiverHandover);
        Assert.True(contract.Family!.ReleasedThroughItself);
        Assert.Equal("{0}.Free()", contract.Family.ReleaseTemplate);
    }

    [Fact]
    public void A_memory_owner_is_an_owner_type()
    {
        var owner = s_framework.GetTypeByMetadataName("System.Buffers.IMemoryOwner`1")!.Construct(s_framework.GetSpecialType(SpecialType.System_Byte));

        Assert.Equal("MemoryOwner", Compile.Members(s_framework).FamilyOfOwnerType(owner)?.Name);
    }

    [Fact]
    public void The_interesting_names_are_few_and_know_no_Dispose()
    {
        var names = Compile.Members(s_framework).InterestingNames;

        Assert.Contains("Alloc", names);
        Assert.Contains("Rent", names);
        Assert.DoesNotContain("Dispose", names);
        Assert.DoesNotContain("Load", names);
        Assert.DoesNotContain("Emalloc", names);
        Assert.DoesNotContain("malloc", names);
        Assert.InRange(names.Count, 10, 60);
    }
}
